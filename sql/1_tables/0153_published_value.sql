-- What was published: every value as it was when a report was mailed or a period frozen. Rows are never changed.
create table published_value
(
    publication_id    String                    comment 'Report and slot, or name of the freeze',
    publication_kind  LowCardinality(String)    comment 'report or freeze',
    published_at      DateTime64(3, 'UTC')      comment 'When the values were read',
    view_name         LowCardinality(String)    comment 'View they were read from',
    metric            LowCardinality(String)    comment 'Metric',
    metric_version    Int32                     comment 'Version of the metric then',
    model_id          LowCardinality(String)    comment 'Lifecycle model, empty if none',
    model_version     Int32                     comment 'Version of the model then',
    grain             LowCardinality(String)    comment 'Length of the period',
    period_start      Date                      comment 'First day of the period',
    dimension         LowCardinality(String)    comment 'Slice',
    dimension_value   String                    comment 'Value of the slice',
    further_key       String                    comment 'The other columns of the view''s key, as name=value, separated by commas',
    numerator         Int64                     comment 'As published',
    denominator       Nullable(Int64)           comment 'As published',
    value             Nullable(Float64)         comment 'As published'
)
engine = MergeTree
order by (view_name, grain, period_start, publication_id, published_at, metric, dimension, dimension_value)
comment 'Values as published';

-- What became of published values: those that are or were different when they were last read again.
create table restated_value
(
    publication_id            String                  comment 'As in published_value',
    publication_kind          LowCardinality(String)  comment 'As in published_value',
    published_at              DateTime64(3, 'UTC')    comment 'As in published_value',
    view_name                 LowCardinality(String)  comment 'As in published_value',
    metric                    LowCardinality(String)  comment 'As in published_value',
    model_id                  LowCardinality(String)  comment 'As in published_value',
    grain                     LowCardinality(String)  comment 'As in published_value',
    period_start              Date                    comment 'As in published_value',
    dimension                 LowCardinality(String)  comment 'As in published_value',
    dimension_value           String                  comment 'As in published_value',
    further_key               String                  comment 'As in published_value',
    published_metric_version  Int32                   comment 'Version of the metric when it was published',
    published_model_version   Int32                   comment 'Version of the model when it was published',
    published_numerator       Int64                   comment 'As published',
    published_denominator     Nullable(Int64)         comment 'As published',
    published_value           Nullable(Float64)       comment 'As published',
    metric_version            Nullable(Int32)         comment 'Version of the metric now; NULL = there is no such row any more',
    model_version             Nullable(Int32)         comment 'Version of the model now',
    numerator                 Nullable(Int64)         comment 'As read again',
    denominator               Nullable(Int64)         comment 'As read again',
    value                     Nullable(Float64)       comment 'As read again',
    checked_at                DateTime64(3, 'UTC')    comment 'When it was read again'
)
engine = ReplacingMergeTree(checked_at)
order by (view_name, grain, period_start, publication_id, published_at, metric, model_id, dimension, dimension_value, further_key)
comment 'Published values that changed, as last read again';

-- What arrived since a publication that bears on its period.
create table restatement_cause
(
    publication_id       String                  comment 'As in published_value',
    published_at         DateTime64(3, 'UTC')    comment 'As in published_value',
    grain                LowCardinality(String)  comment 'As in published_value',
    period_start         Date                    comment 'As in published_value',
    late_event_count     Int64                   comment 'Events received since that happened before the end of the period, without refunds',
    identity_link_count  Int64                   comment 'Anonymous ids linked to a customer since',
    refund_count         Int64                   comment 'Refunds received since of orders placed before the end of the period',
    cost_count           Int64                   comment 'Campaign costs received since for days of the period',
    rate_count           Int64                   comment 'Exchange rates imported since for days of the period or the 7 before',
    checked_at           DateTime64(3, 'UTC')    comment 'When they were counted'
)
engine = ReplacingMergeTree(checked_at)
order by (publication_id, published_at, grain, period_start)
comment 'What arrived since a publication';
