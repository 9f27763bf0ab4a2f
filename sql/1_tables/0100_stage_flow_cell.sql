-- Sums of int_stage_flow by day. A subject counts once per period: the entry that is its first of the day, week, month,
-- quarter or year carries the 1, so that the days of a period add up to its subjects.
create table stage_flow_cell
(
    base_no                 UInt64                  comment 'Rebuild the row belongs to',
    refresh_no              UInt64                  comment 'Run that wrote the row',
    model_id                LowCardinality(String)  comment 'Lifecycle model',
    model_version           UInt32                  comment 'Version of the model',
    stage_id                LowCardinality(String)  comment 'Stage that was entered or left',
    moved_date              Date                    comment 'Local day of the move',
    dimension               LowCardinality(String)  comment 'Slice',
    dimension_value         String                  comment 'Value of the slice',
    first_of_day_count      Int64                   comment 'Subjects whose first entry of the day it is',
    first_of_week_count     Int64                   comment 'Subjects whose first entry of the week it is',
    first_of_month_count    Int64                   comment 'Subjects whose first entry of the month it is',
    first_of_quarter_count  Int64                   comment 'Subjects whose first entry of the quarter it is',
    first_of_year_count     Int64                   comment 'Subjects whose first entry of the year it is',
    entered_count           Int64                   comment 'Visits begun',
    exited_count            Int64                   comment 'Visits ended'
)
engine = SummingMergeTree
partition by base_no
order by (
    base_no, model_id, model_version, dimension, stage_id, moved_date,
    dimension_value, refresh_no
)
comment 'Entries into stages and exits from them, by day';
