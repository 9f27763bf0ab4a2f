-- Credit of orders and stage entries by day of the conversion and touch. Credit is additive, so the day is the only grain
-- and views add days up. Each attribution model has its own columns: they all divide the same conversions, and a row per
-- model would make six of each. For one lifecycle model and slice the stages and days lie together.
create table attribution_cell
(
    base_no                        UInt64                  comment 'Rebuild the row belongs to',
    refresh_no                     UInt64                  comment 'Run that wrote the row',
    model_id                       LowCardinality(String)  comment 'Lifecycle model of a stage entry, empty for orders',
    model_version                  UInt32                  comment 'Version of the model, 0 for orders',
    stage_id                       LowCardinality(String)  comment 'Stage that was entered, empty for orders',
    conversion                     LowCardinality(String)  comment 'first_order (of a customer), other_order, refund (without its order), first_entry and re_entry (of a customer), other_entry',
    currency                       LowCardinality(String)  comment 'ISO 4217 code of the amounts, empty for stage entries',
    conversion_date                Date                    comment 'Local day of the conversion',
    dimension                      LowCardinality(String)  comment 'Slice: channel and campaign are those of the touch, persona, country and source those of the subject',
    dimension_value                String                  comment 'Value of the slice',
    first_credit                   Int64                   comment 'Millionths of conversions, first touch',
    first_revenue_minor            Int64                   comment 'Revenue before refunds, first touch',
    first_refunded_minor           Int64                   comment 'Paid back of it, whenever, first touch',
    first_cost_minor               Int64                   comment 'Direct cost of the orders, first touch',
    last_credit                    Int64                   comment 'Millionths of conversions, last touch',
    last_revenue_minor             Int64                   comment 'Revenue before refunds, last touch',
    last_refunded_minor            Int64                   comment 'Paid back of it, whenever, last touch',
    last_cost_minor                Int64                   comment 'Direct cost of the orders, last touch',
    last_non_direct_credit         Int64                   comment 'Millionths of conversions, last touch that is not direct',
    last_non_direct_revenue_minor  Int64                   comment 'Revenue before refunds, last touch that is not direct',
    last_non_direct_refunded_minor Int64                   comment 'Paid back of it, whenever, last touch that is not direct',
    last_non_direct_cost_minor     Int64                   comment 'Direct cost of the orders, last touch that is not direct',
    linear_credit                  Int64                   comment 'Millionths of conversions, linear',
    linear_revenue_minor           Int64                   comment 'Revenue before refunds, linear',
    linear_refunded_minor          Int64                   comment 'Paid back of it, whenever, linear',
    linear_cost_minor              Int64                   comment 'Direct cost of the orders, linear',
    time_decay_credit              Int64                   comment 'Millionths of conversions, time decay',
    time_decay_revenue_minor       Int64                   comment 'Revenue before refunds, time decay',
    time_decay_refunded_minor      Int64                   comment 'Paid back of it, whenever, time decay',
    time_decay_cost_minor          Int64                   comment 'Direct cost of the orders, time decay',
    position_based_credit          Int64                   comment 'Millionths of conversions, position based',
    position_based_revenue_minor   Int64                   comment 'Revenue before refunds, position based',
    position_based_refunded_minor  Int64                   comment 'Paid back of it, whenever, position based',
    position_based_cost_minor      Int64                   comment 'Direct cost of the orders, position based'
)
engine = SummingMergeTree
partition by base_no
order by (
    base_no, model_id, model_version, dimension, stage_id, conversion_date, conversion, dimension_value, currency,
    refresh_no
)
comment 'Credit of conversions by day and touch'
