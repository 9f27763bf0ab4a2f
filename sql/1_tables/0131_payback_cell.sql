-- Customers and their margin by the month of their first order and the months since. The customer is counted once, in the
-- currency of the first order; what other currencies add stays apart. A query reads one slice, months together.
create table payback_cell
(
    base_no          UInt64                  comment 'Rebuild the row belongs to',
    refresh_no       UInt64                  comment 'Run that wrote the row',
    cohort_month     Date                    comment 'Local month of the customer''s first order',
    month_no         UInt16                  comment 'Calendar months from then to the month of the order, 0 = the same month',
    currency         LowCardinality(String)  comment 'ISO 4217 code of the amounts',
    dimension        LowCardinality(String)  comment 'Slice, by the first touch of the customer',
    dimension_value  String                  comment 'Value of the slice',
    customer_count   Int64                   comment 'Customers whose first order it is',
    revenue_minor    Int64                   comment 'Revenue of the orders, before refunds',
    refunded_minor   Int64                   comment 'Paid back of these orders, whenever',
    cost_minor       Int64                   comment 'Direct cost of these orders'
)
engine = SummingMergeTree
partition by base_no
order by (
    base_no, dimension, cohort_month, dimension_value, month_no, currency,
    refresh_no
)
comment 'Customers and margin by month of the first order'
