-- Versions of a model stand side by side, and a value published of one is not that of another: the key tells them apart.
create or replace table restated_value
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
order by (view_name, grain, period_start, publication_id, published_at, metric, model_id, published_model_version, dimension, dimension_value, further_key)
comment 'Published values that changed, as last read again'
as
select * from restated_value;
