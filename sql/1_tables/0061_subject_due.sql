-- When a subject's numbers next change without a new event: a window ends, a lapse comes due. The run after that instant
-- works the subject out again. A row that is out of date does no harm, it costs one look.
create table subject_due
(
    subject_id  String                comment 'Resolved subject',
    due_at      DateTime64(3, 'UTC')  comment 'First instant after the T of the run at which a contribution becomes effective',
    version     UInt64                comment 'Number of the refresh that wrote the row'
)
engine = ReplacingMergeTree(version)
order by subject_id
comment 'Next instant at which a subject has to be worked out again';
