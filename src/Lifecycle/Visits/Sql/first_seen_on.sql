-- purpose: The first local day on which any subject of the cells that a run makes or adds to was seen; the last there is if there are none
-- grain: one row
-- reads: subject_history, refresh_run
-- time: days of the report time zone
select least(
    (
        select ifNull(
            minOrNull(toDate(first_seen_at, {time_zone:String})),
            toDate('2149-06-06')
        )
        from subject_history
        where not is_deleted
            and ({is_new_base:Bool} or version = {refresh_no:UInt64})
    ),
    (
        select ifNull(minOrNull(first_date), toDate('2149-06-06'))
        from refresh_run
        where status = 'finished' and base_no = {base_no:UInt64}
    )
) as first_seen_on
