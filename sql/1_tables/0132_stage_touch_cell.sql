-- How many subjects are in a stage, and how many of them the company touched in the last 30 days, as moves in and out by
-- day: what is true at the end of a period is the sum of the moves until then. touch_channel '' is the stage itself,
-- touch_campaign '' any campaign of the channel: who had two mails was touched once.
create table stage_touch_cell
(
    base_no          UInt64                  comment 'Rebuild the row belongs to',
    refresh_no       UInt64                  comment 'Run that wrote the row',
    model_id         LowCardinality(String)  comment 'Lifecycle model',
    model_version    UInt32                  comment 'Version of the model',
    stage_id         LowCardinality(String)  comment 'Stage the subject is in',
    touch_channel    LowCardinality(String)  comment 'Channel of the touch, empty for being in the stage at all',
    touch_campaign   LowCardinality(String)  comment 'Campaign of the touch, empty for any',
    moved_date       Date                    comment 'Local day of the move',
    dimension        LowCardinality(String)  comment 'Slice, by the first touch of the subject',
    dimension_value  String                  comment 'Value of the slice',
    moved_count      Int64                   comment 'Subjects who begin to be counted, minus those who cease'
)
engine = SummingMergeTree
partition by base_no
order by (
    base_no, model_id, model_version, dimension, stage_id, touch_channel,
    touch_campaign, moved_date, dimension_value, refresh_no
)
comment 'Subjects in a stage and those touched there, by day'
