-- Sums of int_clv_historic. A customer has one first order per currency, so days add up to any period; the day is the
-- only grain kept. Net revenue and cost stay apart, so that a change of the margin share changes no cell.
create table clv_historic_cell
(
    base_no             UInt64                  comment 'Rebuild the row belongs to',
    refresh_no          UInt64                  comment 'Run that wrote the row',
    horizon_days        UInt16                  comment 'Length of the window from the first order on: 30, 90, 180, 365 or 730',
    currency            LowCardinality(String)  comment 'ISO 4217 code of the amounts',
    first_order_date    Date                    comment 'Local day of the first order in this currency',
    dimension           LowCardinality(String)  comment 'Slice',
    dimension_value     String                  comment 'Value of the slice',
    customer_count      Int64                   comment 'Customers whose first order is as old as the window is long',
    maturing_count      Int64                   comment 'Customers whose first order is younger than that',
    revenue_minor       Int64                   comment 'What the former paid for the orders in the window',
    refunded_minor      Int64                   comment 'What was paid back of these orders, whenever',
    cost_minor          Int64                   comment 'Direct cost of these orders, as far as it was sent'
)
engine = SummingMergeTree
partition by base_no
order by (base_no, dimension, horizon_days, currency, first_order_date, dimension_value, refresh_no)
comment 'What customers brought within a time from their first order, by day of that order';
