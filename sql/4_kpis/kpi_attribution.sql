-- purpose: How many conversions, and how much revenue and margin, are credited to channels and campaigns, by six attribution models
-- grain: one row per metric, attribution_model, conversion, model_id, model_version, stage_id, currency, grain, period_start, dimension, dimension_value
-- reads: attribution_cell, int_live_run, lifecycle_stage, report_grain, report_calendar, report_setting
-- time: days of the report time zone, by day of the conversion; a late touch, order or refund changes the period of its conversion
with
    assumeNotNull((
        select week_start from report_setting final
    )) as week_start,

    -- The position in these arrays is that of the attribution model.
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
            [
                first_credit,
                last_credit,
                last_non_direct_credit,
                linear_credit,
                time_decay_credit,
                position_based_credit
            ] as credits,
            [
                first_revenue_minor,
                last_revenue_minor,
                last_non_direct_revenue_minor,
                linear_revenue_minor,
                time_decay_revenue_minor,
                position_based_revenue_minor
            ] as revenues,
            [
                first_refunded_minor,
                last_refunded_minor,
                last_non_direct_refunded_minor,
                linear_refunded_minor,
                time_decay_refunded_minor,
                position_based_refunded_minor
            ] as refunds,
            [
                first_cost_minor,
                last_cost_minor,
                last_non_direct_cost_minor,
                linear_cost_minor,
                time_decay_cost_minor,
                position_based_cost_minor
            ] as costs
        from attribution_cell
        where (base_no, refresh_no) in (
            select base_no, refresh_no from int_live_run
        )
    ),

    amounts as
    (
        select
            model_id,
            model_version,
            stage_id,
            arrayJoin(multiIf(
                kind = 'first_order', ['order', 'first_order'],
                kind in ('other_order', 'refund'), ['order'],
                kind = 're_entry', ['stage_entry', 're_entry'],
                ['stage_entry']
            )) as conversion,
            currency,
            dimension,
            dimension_value,
            arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain,
            lm_period_start(conversion_date, grain, week_start) as period_start,
            credits,
            revenues,
            refunds,
            costs
        from cells

        union all

        -- A row also for periods without conversions, but not for every day.
        select
            series.model_id as model_id,
            series.model_version as model_version,
            series.stage_id as stage_id,
            series.conversion as conversion,
            series.currency as currency,
            series.dimension as dimension,
            series.dimension_value as dimension_value,
            grains.grain as grain,
            period.1 as period_start,
            arrayResize([toInt64(0)], 6) as credits,
            credits as revenues,
            credits as refunds,
            credits as costs
        from (
            select distinct
                model_id,
                model_version,
                stage_id,
                arrayJoin(multiIf(
                    kind = 'first_order', ['order', 'first_order'],
                    kind in ('other_order', 'refund'), ['order'],
                    kind = 're_entry', ['stage_entry', 're_entry'],
                    ['stage_entry']
                )) as conversion,
                currency,
                dimension,
                dimension_value
            from cells
        ) as series
        cross join report_grain as grains
        array join grains.periods as period
        where grains.grain != 'day'
    ),

    sums as
    (
        select
            model_id,
            model_version,
            stage_id,
            conversion,
            currency,
            dimension,
            dimension_value,
            grain,
            period_start,
            sumForEach(amounts.credits) as credits,
            sumForEach(amounts.revenues) as revenues,
            sumForEach(amounts.refunds) as refunds,
            sumForEach(amounts.costs) as costs
        from amounts
        group by
            model_id, model_version, stage_id, conversion, currency,
            dimension, dimension_value, grain, period_start
    )

select
    metric,
    toInt32(1) as metric_version,
    model_id::String as model_id,
    toInt32(model_version) as model_version,
    stage_id::String as stage_id,
    conversion,
    attribution_model,
    currency::String as currency,
    period_start,
    grain,
    dimension::String as dimension,
    dimension_value,
    multiIf(
        metric = 'attributed_conversions', credit,
        metric = 'attributed_revenue', revenue_minor,
        metric = 'attributed_net_revenue', revenue_minor - refunded_minor,
        revenue_minor - refunded_minor - cost_minor
    ) as numerator,
    -- Parts of a conversion are counted in millionths.
    if(
        metric = 'attributed_conversions', toInt64(1000000), null
    )::Nullable(Int64) as denominator,
    (numerator / ifNull(denominator, 1))::Nullable(Float64) as value,
    intDiv(credit + 500000, 1000000) as n,
    null::Nullable(Float64) as ci_low,
    null::Nullable(Float64) as ci_high,
    (
        lm_next_period(period_start, grain) <= (
            select max(calendar_date) from report_calendar
        )
    )::Bool as is_mature
from (
    select
        model_id,
        model_version,
        stage_id,
        conversion,
        currency,
        dimension,
        dimension_value,
        grain,
        period_start,
        arrayJoin(arrayZip(
            [
                'first', 'last', 'last_non_direct', 'linear', 'time_decay',
                'position_based'
            ],
            credits, revenues, refunds, costs
        )) as part,
        part.1 as attribution_model,
        part.2 as credit,
        part.3 as revenue_minor,
        part.4 as refunded_minor,
        part.5 as cost_minor,
        -- Entering a stage earns nothing by itself.
        arrayJoin(if(
            stage_id = '',
            [
                'attributed_conversions', 'attributed_revenue',
                'attributed_net_revenue', 'attributed_gross_margin'
            ],
            ['attributed_conversions']
        )) as metric
    from sums
)
where model_id = ''
    or (model_id, model_version) in (
        select model_id, model_version from lifecycle_stage
    )
