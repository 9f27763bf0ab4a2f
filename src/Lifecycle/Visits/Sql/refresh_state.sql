-- purpose: Says whether there is something to do, and what the next run is called
-- grain: one row
-- reads: touched_subject, refresh_touch, refresh_run, report_setting
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
    ) as since
select
    (select max(refresh_no) from refresh_run) + 1 as next_refresh_no,
    (
        select countIf(status = 'finished') > 0
        from refresh_run
    ) as has_run,
    (
        select argMaxIf(time_zone, refresh_no, status = 'finished')
        from refresh_run
    ) as last_time_zone,
    (select time_zone from report_setting final) as time_zone,
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
