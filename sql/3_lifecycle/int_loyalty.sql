-- purpose: What each subject adds to the loyalty KPIs: points earned, redeemed and expired
-- grain: one row per subject_id, effective_at
-- reads: subject_event, subject_history, report_setting
-- time: days of the report time zone; points count from the instant of their event
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,

movements as (
    select
        subject_id,
        occurred_at,
        event,
        toInt64(round(assumeNotNull(quantity))) as points
    from subject_event final
    array join
        events.occurred_at as occurred_at,
        events.event as event,
        events.quantity as quantity
    -- Without a number of points nothing is moved.
    where startsWith(event, 'Loyalty Points ') and quantity is not null
)

select
    movements.subject_id as subject_id,
    occurred_at as effective_at,
    cast(subject.channel as String) as channel,
    cast(subject.campaign as String) as campaign,
    cast(subject.persona as String) as persona,
    cast(subject.country as String) as country,
    cast(subject.source as String) as source,
    toDate(toTimeZone(occurred_at, report_zone)) as day,
    if(event = 'Loyalty Points Earned', points, 0) as earned_points,
    -- Some systems report what is taken away as a negative number.
    if(event = 'Loyalty Points Redeemed', abs(points), 0)::Int64
        as redeemed_points,
    if(event = 'Loyalty Points Expired', abs(points), 0)::Int64
        as expired_points,
    toInt64(1) as event_count
from movements
inner join subject_history as subject final
    on subject.subject_id = movements.subject_id
