-- purpose: Planned always-on activities by stage and channel against what happened: how many subjects of the stage were touched in the last 30 days, what is planned and not seen, and what is seen and not planned
-- grain: one row per metric, model_id, model_version, stage_id, activity_id, touch_channel, grain, period_start, dimension, dimension_value
-- reads: stage_touch_cell, int_live_run, int_activity, lifecycle_stage, report_calendar, report_grain
-- time: days of the report time zone; state at the end of the period, in the period that holds T at T; late touches change it
with
    -- a: 1 activity, 2 label, 3 channel, 4 campaign, 5 cadence, 6 owner
    plans as
    (
        select
            stage.model_id as model_id,
            stage.model_version as model_version,
            stage.stage_id as stage_id,
            groupArrayIf(
                (
                    activity.activity_id, activity.label,
                    activity.channel::String, activity.campaign::String,
                    activity.cadence_days, activity.owner
                ),
                activity.activity_id != ''
            ) as activities
        from lifecycle_stage as stage
        left join int_activity as activity
            on activity.model_id = stage.model_id
            and activity.model_version = stage.model_version
            and activity.stage_id = stage.stage_id
        group by model_id, model_version, stage_id
    ),

    moves as
    (
        select
            cell.model_id as model_id,
            cell.model_version as model_version,
            cell.stage_id as stage_id,
            cell.touch_channel as touch_channel,
            cell.touch_campaign as touch_campaign,
            calendar.grain as grain,
            cell.dimension as dimension,
            cell.dimension_value as dimension_value,
            calendar.period_no as period_no,
            cell.moved_count as moved_count
        from stage_touch_cell as cell
        inner join report_calendar as calendar
            on calendar.calendar_date = cell.moved_date
        where (cell.base_no, cell.refresh_no) in (
            select base_no, refresh_no from int_live_run
        )

        union all

        -- A stage that nobody ever entered still has its zeros, and what is
        -- planned for it was not seen.
        select
            plans.model_id as model_id,
            plans.model_version as model_version,
            plans.stage_id as stage_id,
            '' as touch_channel,
            '' as touch_campaign,
            grains.grain as grain,
            'all' as dimension,
            'all' as dimension_value,
            0 as period_no,
            0 as moved_count
        from plans
        cross join (
            select
                arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain
        ) as grains
        where plans.model_id in (select model_id from int_activity)
    ),

    sums as
    (
        select
            model_id, model_version, stage_id, touch_channel, touch_campaign,
            grain, dimension, dimension_value, period_no,
            sum(moves.moved_count) as moved_count
        from moves
        group by
            model_id, model_version, stage_id, touch_channel, touch_campaign,
            grain, dimension, dimension_value, period_no
    ),

    series as
    (
        select
            model_id,
            model_version,
            stage_id,
            touch_channel,
            touch_campaign,
            grain,
            dimension,
            dimension_value,
            groupArrayInsertAt(0)(moved_count, period_no) as moved_counts
        from sums
        group by
            model_id, model_version, stage_id, touch_channel, touch_campaign,
            grain, dimension, dimension_value
    ),

    -- t: 1 channel, 2 campaign, 3 subjects at the end of each period
    stages as
    (
        select
            series.model_id as model_id,
            series.model_version as model_version,
            series.stage_id as stage_id,
            series.grain as grain,
            series.dimension as dimension,
            series.dimension_value as dimension_value,
            any(grains.periods) as periods,
            anyIf(
                arrayCumSum(arrayResize(moved_counts, grains.period_count)),
                touch_channel = ''
            ) as stocks,
            groupArrayIf(
                (
                    touch_channel::String,
                    touch_campaign::String,
                    arrayCumSum(arrayResize(moved_counts, grains.period_count))
                ),
                touch_channel != ''
            ) as touched
        from series
        inner join report_grain as grains on grains.grain = series.grain
        group by
            model_id, model_version, stage_id, grain, dimension, dimension_value
    ),

    -- Planned activities with what was seen of them, channels on which there is
    -- none but touches, and the share of the planned ones that were seen.
    -- r: the six of the activity, 7 subjects, 8 of how many, 9 is planned
    compared as
    (
        select
            stages.model_id as model_id,
            stages.model_version as model_version,
            stages.stage_id as stage_id,
            stages.grain as grain,
            stages.dimension as dimension,
            stages.dimension_value as dimension_value,
            stages.periods as periods,
            arrayMap(
                a -> (
                    a.1, a.2, a.3, a.4, a.5, a.6,
                    arrayResize(
                        arrayFirst(
                            t -> t.1 = a.3 and t.2 = a.4, stages.touched
                        ).3,
                        length(periods)
                    ),
                    stages.stocks,
                    true
                ),
                plans.activities
            ) as planned,
            arrayMap(
                t -> ('', '', t.1, '', toUInt32(0), '', t.3, stages.stocks, false),
                arrayFilter(
                    t -> t.2 = '' and not has(plans.activities.3, t.1)
                        and arrayExists(touched -> touched != 0, t.3),
                    stages.touched
                )
            ) as unplanned,
            [(
                '', '', '', '', toUInt32(0), '',
                arrayResize(
                    arrayReduce('sumForEach', arrayMap(
                        r -> arrayMap(touched -> toInt64(touched > 0), r.7),
                        planned
                    )),
                    length(periods)
                ),
                arrayWithConstant(
                length(periods), toInt64(length(planned))
            ),
                true
            )] as coverage
        from stages
        inner join plans
            on plans.model_id = stages.model_id
            and plans.model_version = stages.model_version
            and plans.stage_id = stages.stage_id
    )

select
    if(touch_channel = '', 'activity_coverage', 'activity_reach') as metric,
    toInt32(1) as metric_version,
    model_id::String as model_id,
    toInt32(model_version) as model_version,
    stage_id::String as stage_id,
    activity_id,
    activity_label,
    touch_channel,
    touch_campaign,
    cadence_days,
    owner,
    multiIf(
        touch_channel = '', '',
        not is_planned, 'not planned',
        numerator = 0, 'not seen',
        'none'
    ) as gap,
    period.1 as period_start,
    grain::String as grain,
    dimension::String as dimension,
    dimension_value,
    numerator,
    denominator::Nullable(Int64) as denominator,
    -- Nobody in the stage, nobody to touch.
    (numerator / nullIf(denominator, 0))::Nullable(Float64) as value,
    assumeNotNull(denominator) as n,
    lm_wilson_low(numerator, n)::Nullable(Float64) as ci_low,
    lm_wilson_high(numerator, n)::Nullable(Float64) as ci_high,
    period.3::Bool as is_mature
from (
    select
        model_id,
        model_version,
        stage_id,
        grain,
        dimension,
        dimension_value,
        periods,
        arrayJoin(arrayConcat(planned, unplanned, coverage)) as r,
        r.1 as activity_id,
        r.2 as activity_label,
        r.3 as touch_channel,
        r.4 as touch_campaign,
        r.5 as cadence_days,
        r.6 as owner,
        r.7 as touched_counts,
        arrayResize(r.8, length(periods)) as base_counts,
        r.9::Bool as is_planned
    from compared
)
array join
    periods as period,
    touched_counts as numerator,
    base_counts as denominator
settings join_use_nulls = 0
