-- purpose: Notes that a run is done: from now on its touches count as taken in and its cells are visible
-- grain: one row
-- reads: refresh_run, refresh_touch, refresh_key, report_setting, lifecycle_model
-- time: no time zone
insert into refresh_run
(
    refresh_no,
    status,
    is_rebuild,
    touched_until,
    time_zone,
    subject_count,
    duration_ms,
    base_no,
    as_of,
    first_date,
    settings_hash,
    definitions_hash
)
select
    {refresh_no:UInt64},
    'finished',
    {is_rebuild:Bool},
    greatest(
        (
            select max(touched_at)
            from refresh_touch
            where refresh_no = {refresh_no:UInt64}
        ),
        (
            select maxIf(touched_until, status = 'finished')
            from refresh_run
        )
    ),
    {time_zone:String},
    (
        select uniqExact(subject_id)
        from refresh_key
        where refresh_no = {refresh_no:UInt64}
    ),
    {duration_ms:UInt64},
    {base_no:UInt64},
    {as_of:DateTime64(3, 'UTC')},
    {first_date:Date},
    <<settings_hash>>,
    {definitions_hash:UInt64}
