namespace LifecycleMetrics.Storage.Ledger;

/// <summary>Counts what arrived since each publication that bears on its period.</summary>
internal static class RestatementCauses
{
    // Publications add up, and so does what arrived since the first of them. Only an event that came later than the
    // shortest time between the end of a period and its publication can bear on any; those are counted by how many period ends
    // lie before them and how many publications before their arrival, which is all a publication needs to know.
    public const string Statement =
        """
        insert into restatement_cause
        with
            assumeNotNull((select time_zone from report_setting final)) as report_zone,
            (select arraySort(groupUniqArray(toDateTime64(lm_next_period(period_start, grain), 3, report_zone))) from restated_value) as ends,
            (select arraySort(groupUniqArray(published_at)) from restated_value) as publications,
            (
                select min(dateDiff('second', toDateTime64(lm_next_period(period_start, grain), 3, report_zone), published_at))
                from restated_value
            ) as shortest_gap,
        restated as (
            select distinct publication_id, published_at, grain, period_start,
                indexOf(ends, toDateTime64(lm_next_period(period_start, grain), 3, report_zone)) as end_no,
                indexOf(publications, published_at) as publication_no
            from restated_value
        ),
        late_events as (
            select arrayCount(end -> end <= occurred_at, ends) as ended_before, arrayCount(at -> at < received_at, publications) as published_before,
                count() as arrivals
            from touchpoint
            where received_at > publications[1] and occurred_at < ends[-1] and dateDiff('second', occurred_at, received_at) >= shortest_gap
                and event != 'Order Refunded' and not is_bot and not is_internal and not is_test
            group by ended_before, published_before
        ),
        -- A link that an earlier event made is none.
        links as (
            select arrayCount(at -> at < linked_at, publications) as published_before, count() as arrivals
            from (
                select if(type = 'alias', previous_id, anonymous_id) as alias, user_id, min(received_at) as linked_at
                from touchpoint
                where alias != '' and user_id != '' and subject_key in (
                    select subject_key from touchpoint
                    where received_at > publications[1] and user_id != '' and if(type = 'alias', previous_id, anonymous_id) != ''
                )
                group by alias, user_id
            )
            group by published_before
        ),
        refunds as (
            select arrayCount(end -> end <= ordered_at, ends) as ended_before, arrayCount(at -> at < received_at, publications) as published_before,
                count() as arrivals
            from (
                select refund.received_at as received_at, min(reports.occurred_at) as ordered_at
                from touchpoint as refund
                inner join order_touchpoint as reports on reports.order_id = refund.order_id
                where refund.event = 'Order Refunded' and refund.order_id != '' and refund.received_at > publications[1]
                    and not refund.is_bot and not refund.is_internal and not refund.is_test and not reports.is_refund
                group by refund.event_id, refund.received_at
            )
            group by ended_before, published_before
        ),
        changes as (
            select 1 as kind, ended_before, published_before, arrivals, toDate('1970-01-01') as day, toDateTime64('1970-01-01', 3, 'UTC') as arrived_at from late_events
            union all
            select 2, 0, published_before, arrivals, toDate('1970-01-01'), toDateTime64('1970-01-01', 3, 'UTC') from links
            union all
            select 3, ended_before, published_before, arrivals, toDate('1970-01-01'), toDateTime64('1970-01-01', 3, 'UTC') from refunds
            union all
            select 4, 0, 0, 1, cost_date, received_at from campaign_cost final where received_at > publications[1]
            union all
            select 5, 0, 0, 1, rate_date, imported_at from fx_rate final where imported_at > publications[1]
        )
        select restated.publication_id, restated.published_at, restated.grain, restated.period_start,
            sumIf(arrivals, kind = 1 and bears), sumIf(arrivals, kind = 2 and bears), sumIf(arrivals, kind = 3 and bears),
            countIf(kind = 4 and bears), countIf(kind = 5 and bears), {now:DateTime64(3, 'UTC')}
        from (
            select restated.publication_id as publication_id, restated.published_at as published_at, restated.grain as grain,
                restated.period_start as period_start, changes.kind as kind, changes.arrivals as arrivals,
                if(
                    changes.kind < 4,
                    changes.published_before >= restated.publication_no and changes.ended_before < restated.end_no,
                    changes.arrived_at > restated.published_at
                        and changes.day >= restated.period_start - if(changes.kind = 5, 7, 0)
                        and changes.day < lm_next_period(restated.period_start, restated.grain)
                ) as bears
            from restated
            -- A publication that nothing bears on has its zeros.
            cross join (
                select kind, ended_before, published_before, arrivals, day, arrived_at from changes
                union all
                select 0, 0, 0, 0, toDate('1970-01-01'), toDateTime64('1970-01-01', 3, 'UTC')
            ) as changes
        ) as restated
        group by restated.publication_id, restated.published_at, restated.grain, restated.period_start
        """;
}
