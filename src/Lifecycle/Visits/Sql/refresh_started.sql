-- purpose: Notes that a run begins
-- grain: one row
-- reads: refresh_run
-- time: no time zone
insert into refresh_run
(
    refresh_no,
    status,
    is_rebuild,
    touched_until,
    time_zone,
    subject_count,
    duration_ms
)
select
    {refresh_no:UInt64},
    'started',
    {is_rebuild:Bool},
    toDateTime64(0, 3, 'UTC'),
    {time_zone:String},
    0,
    0
