-- Orders and refunds by day. Money is additive, so the day is the only grain and the view adds days up. Amounts stay in
-- their currency and with the day whose rate applies to them: a rate that arrives late changes no cell.
create table revenue_cell
(
    base_no                UInt64                  comment 'Rebuild the row belongs to',
    refresh_no             UInt64                  comment 'Run that wrote the row',
    dimension              LowCardinality(String)  comment 'Slice: all, channel, campaign, persona, country or source',
    dimension_value        String                  comment 'Value of the slice',
    currency               LowCardinality(String)  comment 'ISO 4217 code of the amounts',
    revenue_date           Date                    comment 'Local day the amounts count on',
    rate_date              Date                    comment 'Local day of the order, whose exchange rate applies',
    order_count            Int64                   comment 'Orders placed on the day',
    revenue_minor          Int64                   comment 'What was paid for them',
    refunded_minor         Int64                   comment 'What was paid back, whenever, of the orders placed on the day',
    cash_refunded_minor    Int64                   comment 'What was paid back on the day, of orders whenever placed'
)
engine = SummingMergeTree
partition by base_no
order by (base_no, dimension, revenue_date, dimension_value, currency, rate_date, refresh_no)
comment 'Sums of orders and refunds by day, slice and currency'
