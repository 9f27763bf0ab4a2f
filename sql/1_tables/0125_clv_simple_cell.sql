-- Sums of int_clv_simple: customers who became active or inactive, and what they paid, by month. Revenue is in the slice
-- of the customer, not of the order as in kpi_revenue: it is divided by customers.
create table clv_simple_cell
(
    base_no           UInt64                  comment 'Rebuild the row belongs to',
    refresh_no        UInt64                  comment 'Run that wrote the row',
    currency          LowCardinality(String)  comment 'ISO 4217 code of the amounts, empty for counts of customers',
    month_start       Date                    comment 'First local day of the month',
    dimension         LowCardinality(String)  comment 'Slice',
    dimension_value   String                  comment 'Value of the slice',
    joined_count      Int64                   comment 'Customers active at the end of the month and not at its start',
    left_count        Int64                   comment 'Customers active at the start of the month and not at its end',
    revenue_minor     Int64                   comment 'What customers paid for the orders placed in the month',
    refunded_minor    Int64                   comment 'What was paid back of these orders, whenever'
)
engine = SummingMergeTree
partition by base_no
order by (base_no, dimension, currency, month_start, dimension_value, refresh_no)
comment 'Active customers and what they paid, by month';
