-- The spool's writer asks which rows of its newest segment are there. Segment ids grow with time, so the parts that
-- can hold one are few.
alter table touchpoint add index batch_id_range batch_id type minmax granularity 1;
