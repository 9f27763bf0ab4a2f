-- purpose: How many conversions, and how much revenue and margin, are credited to channels and campaigns, by six attribution models
-- grain: one row per metric, attribution_model, conversion, model_id, model_version, stage_id, currency, grain, period_start, dimension, dimension_value
-- reads: attribution_cell, int_live_run, lifecycle_stage, report_calendar, report_grain
-- time: days of the report time zone, by day of the conversion; a late touch, order or refund changes the period of its conversion
with
    -- What an attribution model makes of a metric has its place in these arrays.
    -- Entering a stage earns nothing by itself: whoever asks for money does not
    -- read the entries.
    cells as
    (
        select
            model_id,
            model_version,
            stage_id,
            conversion as kind,
            currency,
            conversion_date,
            dimension,
            dimension_value,
            measure.1 as metric,
            measure.2 as amounts,
            [
                first_credit,
                last_credit,
                last_non_direct_credit,
                linear_credit,
                time_decay_credit,
                position_based_credit
            ] as credits
        from attribution_cell
        array join [
            ('attributed_conversions', credits),
            (
                'attributed_revenue',
                [
                    first_revenue_minor,
                    last_revenue_minor,
                    last_non_direct_revenue_minor,
                    linear_revenue_minor,
                    time_decay_revenue_minor,
                    position_based_revenue_minor
                ] as revenues
            ),
            (
                'attributed_net_revenue',
                arrayMap(
                    (revenue, refunded) -> revenue - refunded,
                    revenues,
                    [
                        first_refunded_minor,
                        last_refunded_minor,
                        last_non_direct_refunded_minor,
                        linear_refunded_minor,
                        time_decay_refunded_minor,
                        position_based_refunded_minor
                    ]
                ) as net_revenues
            ),
            (
                'attributed_gross_margin',
                arrayMap(
                    (net, cost) -> net - cost,
                    net_revenues,
                    [
                        first_cost_minor,
                        last_cost_minor,
                        last_non_direct_cost_minor,
                        linear_cost_minor,
                        time_decay_cost_minor,
                        position_based_cost_minor
                    ]
                )
            )
        ] as measure
        where model_id = ''
            and (base_no, refresh_no) in (
                select base_no, refresh_no from int_live_run
            )

        union all

        select
            model_id,
            model_version,
            stage_id,
            conversion as kind,
            currency,
            conversion_date,
            dimension,
            dimension_value,
            'attributed_conversions' as metric,
            credits as amounts,
            [
                first_credit,
                last_credit,
                last_non_direct_credit,
                linear_credit,
                time_decay_credit,
                position_based_credit
            ] as credits
        from attribution_cell
        where (model_id, model_version) in (
                select model_id, model_version from lifecycle_stage
            )
            and (base_no, refresh_no) in (
                select base_no, refresh_no from int_live_run
            )
    ),

    sums as
    (
        select
            cells.metric as metric,
            cells.model_id as model_id,
            cells.model_version as model_version,
            cells.stage_id as stage_id,
            counted_as as conversion,
            cells.currency as currency,
            cells.dimension as dimension,
            cells.dimension_value as dimension_value,
            calendar.grain as grain,
            calendar.period_no as period_no,
            sumForEach(cells.amounts) as amounts,
            sumForEach(cells.credits) as credits
        from cells
        inner join report_calendar as calendar
            on calendar.calendar_date = cells.conversion_date
        array join multiIf(
            cells.kind = 'first_order', ['order', 'first_order'],
            cells.kind in ('other_order', 'refund'), ['order'],
            cells.kind = 're_entry', ['stage_entry', 're_entry'],
            ['stage_entry']
        ) as counted_as
        group by
            cells.metric, cells.model_id, cells.model_version, cells.stage_id,
            counted_as, cells.currency, cells.dimension, cells.dimension_value,
            calendar.grain, calendar.period_no
    ),

    series as
    (
        select
            metric,
            model_id,
            model_version,
            stage_id,
            conversion,
            currency,
            dimension,
            dimension_value,
            grain,
            groupArray((period_no, amounts, credits)) as filled
        from sums
        group by
            metric, model_id, model_version, stage_id, conversion, currency,
            dimension, dimension_value, grain
    ),

    -- A row also for periods without conversions, but not for every day.
    rows_by_period as
    (
        select
            series.metric as metric,
            series.model_id as model_id,
            series.model_version as model_version,
            series.stage_id as stage_id,
            series.conversion as conversion,
            series.currency as currency,
            series.dimension as dimension,
            series.dimension_value as dimension_value,
            series.grain as grain,
            grains.periods[counts.1 + 1] as period,
            arrayZip(
                [
                    'first', 'last', 'last_non_direct', 'linear', 'time_decay',
                    'position_based'
                ],
                counts.2,
                counts.3
            ) as parts
        from series
        inner join report_grain as grains on grains.grain = series.grain
        array join arrayConcat(
            filled,
            arrayMap(
                no -> (
                    no,
                    arrayResize([toInt64(0)], 6),
                    arrayResize([toInt64(0)], 6)
                ),
                arrayExcept(
                    range(if(
                        series.grain = 'day',
                        toUInt32(0),
                        toUInt32(grains.period_count)
                    )),
                    filled.1
                )
            )
        ) as counts
    )

select
    metric,
    toInt32(1) as metric_version,
    model_id::String as model_id,
    toInt32(model_version) as model_version,
    stage_id::String as stage_id,
    conversion,
    part.1 as attribution_model,
    currency::String as currency,
    period.1 as period_start,
    grain,
    dimension::String as dimension,
    dimension_value,
    part.2 as numerator,
    -- Parts of a conversion are counted in millionths.
    if(
        metric = 'attributed_conversions', toInt64(1000000), null
    )::Nullable(Int64) as denominator,
    (numerator / ifNull(denominator, 1))::Nullable(Float64) as value,
    intDiv(part.3 + 500000, 1000000) as n,
    null::Nullable(Float64) as ci_low,
    null::Nullable(Float64) as ci_high,
    period.3::Bool as is_mature
from rows_by_period
array join parts as part
