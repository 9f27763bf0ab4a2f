-- The stage visits of a subject in one model, in the order of its life: one row per model version and subject, always
-- replaced as a whole. The last visit carries its scheduled lapse: if nothing happens, it ends lapse_after after the
-- last qualifying activity and a visit to lapsed begins, maybe in the future. Readers clip at the as-of instant, so
-- rows depend on the events alone and nothing has to run when a window ends.
create table subject_journey
(
    model_id       LowCardinality(String) comment 'Lifecycle model',
    model_version  UInt32                 comment 'Version of the model',
    subject_id     String                 comment 'Resolved subject',
    visits Nested
    (
        stage_id           LowCardinality(String),
        ordinal            UInt8,
        visit_no           UInt32,
        entered_at         DateTime64(3, 'UTC'),
        exited_at          Nullable(DateTime64(3, 'UTC')),
        previous_stage_id  LowCardinality(String),
        direction          LowCardinality(String),
        lap                UInt32,
        cause_event_id     String
    ),
    version        UInt64                 comment 'Number of the refresh that wrote the row',
    is_deleted     UInt8 default 0        comment '1 = the subject has no visits in this model'
)
engine = ReplacingMergeTree(version, is_deleted)
order by (model_id, model_version, subject_id)
comment 'Stage visits by subject, written by the refresh';
