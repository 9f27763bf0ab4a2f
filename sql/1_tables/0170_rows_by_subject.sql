-- A refresh reads the rows of a few subjects out of millions: all journeys of a subject lie together, in small granules. The
-- rows are derived; the rebuild that follows a change of the rules writes them anew.
create or replace table subject_journey as subject_journey
engine = ReplacingMergeTree(version, is_deleted)
order by (subject_id, model_id, model_version)
settings index_granularity = 256
comment 'Stage visits by subject, written by the refresh';

create or replace table subject_history as subject_history
engine = ReplacingMergeTree(version, is_deleted)
order by subject_id
settings index_granularity = 512
comment 'Subjects with their orders and active days, written by the refresh';
