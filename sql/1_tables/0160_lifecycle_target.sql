-- What the model files want watched in each stage, and the value to reach: one row per metric of a stage, written when
-- models are loaded. A target that is no longer in the file stays with is_published = false.
create table lifecycle_target
(
    model_id       LowCardinality(String)  comment 'Lifecycle model',
    model_version  UInt32                  comment 'Version of the model',
    stage_id       LowCardinality(String)  comment 'Stage in which the metric is watched',
    metric         LowCardinality(String)  comment 'Metric, as in dim_metric',
    grain          LowCardinality(String)  comment 'Period the target is for: day, week, month, quarter or year',
    target         Nullable(Float64)       comment 'Value to reach, in the unit of the metric; NULL = watched without a target',
    owner          String                  comment 'Who answers for it, empty if nobody is named',
    is_published   Bool                    comment 'false = no longer in the model files',
    changed_at     DateTime64(6, 'UTC') default now64(6) comment 'When the row was written'
)
engine = ReplacingMergeTree(changed_at)
order by (model_id, model_version, stage_id, metric)
comment 'Metric targets of the lifecycle models';
