-- Sums of int_stage_conversion by the day of the visit. A first visit is one per subject and stage, so days add up to the
-- subjects of any period.
create table stage_conversion_cell
(
    base_no                UInt64                  comment 'Rebuild the row belongs to',
    refresh_no             UInt64                  comment 'Run that wrote the row',
    model_id               LowCardinality(String)  comment 'Lifecycle model',
    model_version          UInt32                  comment 'Version of the model',
    kind                   LowCardinality(String)  comment 'Transition, as in int_transition: step, lifecycle or end',
    from_stage             LowCardinality(String)  comment 'Stage that was visited',
    entered_date           Date                    comment 'Local day on which the visit began',
    dimension              LowCardinality(String)  comment 'Slice',
    dimension_value        String                  comment 'Value of the slice',
    first_exposed_count    Int64                   comment 'First visits whose window is over',
    first_converted_count  Int64                   comment 'Those of them that reached the next stage or a later one in time',
    first_strict_count     Int64                   comment 'Those of them that entered the very next stage in time',
    first_maturing_count   Int64                   comment 'First visits whose window is not over',
    visit_exposed_count    Int64                   comment 'All visits whose window is over',
    visit_converted_count  Int64                   comment 'Those of them that reached the next stage or a later one in time',
    visit_strict_count     Int64                   comment 'Those of them that entered the very next stage in time',
    visit_maturing_count   Int64                   comment 'All visits whose window is not over',
    dropped_count          Int64                   comment 'First visits whose window is over and that ended with a lapse',
    open_count             Int64                   comment 'First visits that have not ended'
)
engine = SummingMergeTree
partition by base_no
order by (
    base_no, model_id, model_version, dimension, kind, from_stage,
    entered_date, dimension_value, refresh_no
)
comment 'Visits by day with what came of them';
