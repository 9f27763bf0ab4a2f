-- purpose: When each subject begins and ceases to be in a stage, and in it to have been touched through a channel, or by a campaign, in the last 30 days
-- grain: one row per subject_id, model_id, model_version, stage_id, touch_channel, touch_campaign, effective_at, moved_count
-- reads: subject_journey, subject_history, subject_touch, subject_event, lifecycle_activity, report_setting
-- time: days of the report time zone; the end of the 30 days and of the visit are there from the beginning and effective when they come
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    toDateTime64('2199-12-31', 3, 'UTC') as never,

    -- Mails count when they are sent; of other channels a touch is seen when it
    -- leads to a click or visit. Who comes directly was not touched.
    touches as
    (
        select
            subject_id,
            arrayZip(
                touches.occurred_at,
                touches.channel::Array(String),
                touches.campaign::Array(String)
            ) as list
        from subject_touch final

        union all

        select
            subject_id,
            arrayFilter(
                (sent, event) -> event = 'Email Sent',
                arrayZip(
                    events.occurred_at,
                    events.channel::Array(String),
                    events.campaign::Array(String)
                ),
                events.event
            ) as list
        from subject_event final
    ),

    -- Each touch is one of its channel, and one of its campaign.
    sorted as
    (
        select
            subject_id,
            arrayJoin(arrayFilter(
                t -> t.2 not in ('direct', ''),
                arrayConcat(
                    arrayMap(t -> (t.1, t.2, ''), list),
                    arrayFilter(t -> t.3 != '', list)
                )
            )) as touch
        from touches
    ),

    instants as
    (
        select
            subject_id,
            touch.2 as touch_channel,
            touch.3 as touch_campaign,
            arraySort(groupArray(touch.1)) as at
        from sorted
        group by subject_id, touch_channel, touch_campaign
    ),

    -- Touches less than 30 days apart make one span.
    spans as
    (
        select
            subject_id,
            groupArrayArray(arrayMap(
                (begun_at, ended_at) -> (
                    touch_channel,
                    touch_campaign,
                    begun_at,
                    ended_at + toIntervalDay(30)
                ),
                arrayFilter(
                    (t, before, i) -> i = 1 or t > before + toIntervalDay(30),
                    at,
                    arrayPushFront(arrayPopBack(at), at[1]),
                    arrayEnumerate(at)
                ),
                arrayFilter(
                    (t, after, i) -> i = length(at)
                        or after > t + toIntervalDay(30),
                    at,
                    arrayPushBack(arrayPopFront(at), at[1]),
                    arrayEnumerate(at)
                )
            )) as spans
        from instants
        group by subject_id
    ),

    -- Of each visit: 1 stage, 2 channel, 3 campaign, 4 from, 5 until. The last
    -- visit has no end yet.
    stays as
    (
        select
            journey.subject_id as subject_id,
            journey.model_id as model_id,
            journey.model_version as model_version,
            arrayFlatten(arrayMap(
                (stage, entered_at, exited_at) -> arrayPushFront(
                    arrayMap(
                        s -> (
                            stage::String,
                            s.1,
                            s.2,
                            greatest(s.3, entered_at),
                            least(s.4, ifNull(exited_at, s.4))
                        ),
                        arrayFilter(
                            s -> s.4 > entered_at
                                and s.3 < ifNull(exited_at, s.4),
                            spans.spans
                        )
                    ),
                    (stage::String, '', '', entered_at, ifNull(exited_at, never))
                ),
                journey.visits.stage_id,
                journey.visits.entered_at,
                journey.visits.exited_at
            )) as stays
        from subject_journey as journey final
        left join spans on spans.subject_id = journey.subject_id
        -- Without a plan there is no gap.
        where journey.model_id in (
            select planned.model_id
            from lifecycle_activity as planned final
            where planned.is_published
        )
    ),

    moves as
    (
        select
            subject_id,
            model_id,
            model_version,
            arrayJoin(arrayConcat(
                arrayMap(s -> (s.1, s.2, s.3, s.4, toInt64(1)), stays),
                arrayMap(
                    s -> (s.1, s.2, s.3, s.5, toInt64(-1)),
                    arrayFilter(s -> s.5 < never, stays)
                )
            )) as move
        from stays
    )

select
    moves.subject_id as subject_id,
    moves.move.4 as effective_at,
    history.channel::String as channel,
    history.campaign::String as campaign,
    history.persona::String as persona,
    history.country::String as country,
    history.source::String as source,
    moves.model_id as model_id,
    moves.model_version as model_version,
    moves.move.1 as stage_id,
    moves.move.2 as touch_channel,
    moves.move.3 as touch_campaign,
    toDate(toTimeZone(moves.move.4, report_zone)) as moved_date,
    moves.move.5 as moved_count
from moves
inner join subject_history as history final
    on history.subject_id = moves.subject_id
settings join_use_nulls = 0
