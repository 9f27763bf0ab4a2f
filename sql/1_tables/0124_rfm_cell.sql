-- Sums of int_rfm: how many customers have the same last order date, number of orders and net revenue. Scores compare each
-- customer with all others, so no number coarser than these three gives them exactly; there are nearly as many cells per
-- dimension as customers with an order in the window.
create table rfm_cell
(
    base_no             UInt64                  comment 'Rebuild the row belongs to',
    refresh_no          UInt64                  comment 'Run that wrote the row',
    currency            LowCardinality(String)  comment 'Currency of most orders in the window',
    last_order_date     Date                    comment 'Local day of the latest order',
    order_count         UInt32                  comment 'Orders in the window that stand',
    net_revenue_minor   Int64                   comment 'What was paid for the orders in the currency and not paid back',
    dimension           LowCardinality(String)  comment 'Slice',
    dimension_value     String                  comment 'Value of the slice',
    customer_count      Int64                   comment 'Customers'
)
engine = SummingMergeTree
partition by base_no
order by (base_no, dimension, currency, last_order_date, order_count, net_revenue_minor, dimension_value, refresh_no)
comment 'Customers by recency, frequency and monetary value';
