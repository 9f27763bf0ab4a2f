-- Sums of int_stage_move by day.
create table stage_move_cell
(
    base_no          UInt64                  comment 'Rebuild the row belongs to',
    refresh_no       UInt64                  comment 'Run that wrote the row',
    model_id         LowCardinality(String)  comment 'Lifecycle model',
    model_version    UInt32                  comment 'Version of the model',
    from_stage       LowCardinality(String)  comment 'Stage that was left, empty for the first of a life',
    to_stage         LowCardinality(String)  comment 'Stage that was entered',
    direction        LowCardinality(String)  comment 'first, forward, skip, back, lapse or re-enter',
    moved_date       Date                    comment 'Local day of the move',
    dimension        LowCardinality(String)  comment 'Slice',
    dimension_value  String                  comment 'Value of the slice',
    move_count       Int64                   comment 'Moves'
)
engine = SummingMergeTree
partition by base_no
order by (
    base_no, model_id, model_version, dimension, from_stage, to_stage,
    direction, moved_date, dimension_value, refresh_no
)
comment 'Moves between stages, by day';
