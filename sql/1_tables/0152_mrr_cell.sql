-- Movements of monthly recurring revenue: what changed between the start of a period and now or its end, account by
-- account. What stands at a period's start is the sum of the movements before it.
create table mrr_cell
(
    base_no                   UInt64                  comment 'Rebuild the row belongs to',
    refresh_no                UInt64                  comment 'Run that wrote the row',
    grain                     LowCardinality(String)  comment 'day, week, month, quarter or year',
    dimension                 LowCardinality(String)  comment 'Slice: all, channel, campaign, persona, country or source',
    dimension_value           String                  comment 'Value of the slice',
    currency                  LowCardinality(String)  comment 'ISO 4217 code of the amounts',
    period_start              Date                    comment 'First day of the period',
    new_minor                 Int64                   comment 'MRR of accounts that had none ever before the period',
    expansion_minor           Int64                   comment 'Rise of accounts that had some at the start of the period',
    contraction_minor         Int64                   comment 'Fall of accounts that had some at the start and still have',
    churn_minor               Int64                   comment 'MRR lost with accounts that had some at the start and have none',
    reactivation_minor        Int64                   comment 'MRR of accounts that had none at the start but some before',
    subscriber_change         Int64                   comment 'Subscribers won minus subscribers lost',
    churned_subscriber_count  Int64                   comment 'Subscribers of the start who are none any more',
    paying_change             Int64                   comment 'Change of the number of subscribers who pay'
)
engine = SummingMergeTree
partition by base_no
order by (base_no, grain, dimension, dimension_value, currency, period_start, refresh_no)
comment 'Sums of MRR movements by period, slice and currency'
