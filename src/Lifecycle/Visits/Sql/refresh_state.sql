-- purpose: Says whether there is something to do, what the next run is called, and what the last one was like
-- grain: one row
-- reads: touched_subject, refresh_touch, refresh_run, report_setting, lifecycle_model, subject_due
-- time: as in refresh_touches
with
    (
        select
            if(
                countIf(status = 'finished') = 0,
                toDateTime64(0, 3, 'UTC'),
                maxIf(touched_until, status = 'finished')
                    - toIntervalSecond({overlap_seconds:UInt32})
            )
        from refresh_run
    ) as since,

    -- 1 time zone, 2 base, 3 T, 4 settings, 5 definitions, 6 number
    (
        select
            argMaxIf(
                (
                    time_zone,
                    base_no,
                    as_of,
                    settings_hash,
                    definitions_hash,
                    refresh_no
                ),
                refresh_no,
                status = 'finished'
            )
        from refresh_run
    ) as last_run,

    -- T never goes back by itself, even if the clock does.
    (
        select
            coalesce(
                as_of, greatest(toTimeZone(now64(3), 'UTC'), last_run.3)
            )
        from report_setting final
    ) as as_of_instant
select
    (select max(refresh_no) from refresh_run) + 1 as next_refresh_no,
    last_run.6 as last_refresh_no,
    last_run.1 as last_time_zone,
    (select time_zone from report_setting final) as time_zone,
    last_run.2 as base_no,
    (
        select count()
        from refresh_run
        where status = 'finished' and base_no = last_run.2
    ) as runs_of_base,
    (
        select ifNull(minOrNull(first_date), toDate('2149-06-06'))
        from refresh_run
        where status = 'finished' and base_no = last_run.2
    ) as first_seen_on,
    last_run.3 as last_as_of,
    assumeNotNull(as_of_instant) as as_of,
    last_run.4 as last_settings_hash,
    last_run.5 as last_definitions_hash,
    <<settings_hash>> as settings_hash,
    (
        select uniq(subject_id)
        from subject_due
        where due_at > last_run.3 and due_at <= assumeNotNull(as_of_instant)
    ) as due_count,
    count() as touch_count,
    uniq(subject_key) as touched_key_count,
    min(touched_at) as oldest_touched_at
from touched_subject
where touched_at > since
    and (touched_at, batch_id, subject_key) not in (
        select
            touched_at,
            batch_id,
            subject_key
        from refresh_touch
        where touched_at > since
            and refresh_no in (
                select refresh_no
                from refresh_run
                where status = 'finished'
            )
    )
