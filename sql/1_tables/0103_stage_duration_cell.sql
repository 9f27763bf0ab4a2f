-- Sums of int_stage_duration: how long the visits that began on a day lasted. How many began is in stage_flow_cell; those
-- that are not here are open.
create table stage_duration_cell
(
    base_no          UInt64                  comment 'Rebuild the row belongs to',
    refresh_no       UInt64                  comment 'Run that wrote the row',
    model_id         LowCardinality(String)  comment 'Lifecycle model',
    model_version    UInt32                  comment 'Version of the model',
    stage_id         LowCardinality(String)  comment 'Stage that was visited',
    entered_date     Date                    comment 'Local day on which the visit began',
    duration_days    UInt32                  comment 'Local days from the day it began to the day it ended',
    dimension        LowCardinality(String)  comment 'Slice',
    dimension_value  String                  comment 'Value of the slice',
    completed_count  Int64                   comment 'Visits that ended'
)
engine = SummingMergeTree
partition by base_no
order by (
    base_no, model_id, model_version, dimension, stage_id, entered_date,
    duration_days, dimension_value, refresh_no
)
comment 'Completed visits by the day they began and their length';
