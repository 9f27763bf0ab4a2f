-- purpose: What became of the e-mails sent in a period: delivered, opened by people, clicked, followed by an order, unsubscribed from, complained about; by lifecycle phase of the recipient at sending
-- grain: one row per metric, phase, grain, period_start, dimension, dimension_value
-- reads: email_cell, int_live_run, report_grain, report_setting
-- time: days of the report time zone, by day of sending; reactions within 14 days and orders within 7 days of a click count, so a period is mature 21 days after its end
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    assumeNotNull((
        select week_start from report_setting final
    )) as first_weekday,
    assumeNotNull((
        select coalesce(as_of, now64(3)) from report_setting final
    )) as as_of_instant,

cells as (
    select
        arrayJoin([if(phase = '', '(none)', phase::String), '(all)'])
            as phase_name,
        arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain,
        lm_period_start(day, grain, first_weekday) as period_start,
        cast(dimension as String) as dimension,
        dimension_value,
        sent_count,
        delivered_count,
        bounced_count,
        opened_count,
        clicked_count,
        converted_count,
        unsubscribed_count,
        complained_count
    from email_cell
    where (base_no, refresh_no) in (
        select
            base_no,
            refresh_no
        from int_live_run
    )

    union all

    -- Zeros for the periods in which nothing was sent.
    select
        slices.phase_name as phase_name,
        grains.grain as grain,
        period.1 as period_start,
        slices.dimension as dimension,
        slices.dimension_value as dimension_value,
        0 as sent_count,
        0 as delivered_count,
        0 as bounced_count,
        0 as opened_count,
        0 as clicked_count,
        0 as converted_count,
        0 as unsubscribed_count,
        0 as complained_count
    from (
        select distinct
            arrayJoin([if(phase = '', '(none)', phase::String), '(all)'])
                as phase_name,
            cast(dimension as String) as dimension,
            dimension_value
        from email_cell
        where (base_no, refresh_no) in (
            select
                base_no,
                refresh_no
            from int_live_run
        )

        union distinct

        select
            '(all)' as phase_name,
            'all' as dimension,
            'all' as dimension_value
    ) as slices
    cross join report_grain as grains
    array join grains.periods as period
),

counts as (
    select
        phase_name,
        grain,
        period_start,
        dimension,
        dimension_value,
        sum(cells.sent_count) as sent_count,
        sum(cells.delivered_count) as delivered_count,
        sum(cells.bounced_count) as bounced_count,
        sum(cells.opened_count) as opened_count,
        sum(cells.clicked_count) as clicked_count,
        sum(cells.converted_count) as converted_count,
        sum(cells.unsubscribed_count) as unsubscribed_count,
        sum(cells.complained_count) as complained_count
    from cells
    group by phase_name, grain, period_start, dimension, dimension_value
),

measures as (
    select
        measure.1 as metric,
        phase_name,
        grain,
        period_start,
        dimension,
        dimension_value,
        measure.2 as step_count,
        measure.3 as base_count,
        sent_count,
        delivered_count,
        bounced_count,
        opened_count,
        clicked_count,
        converted_count,
        unsubscribed_count,
        complained_count
    from counts
    array join [
        ('emails_sent', sent_count, 0),
        ('email_delivery_rate', delivered_count, sent_count),
        ('email_bounce_rate', bounced_count, sent_count),
        ('email_open_rate', opened_count, delivered_count),
        ('email_click_rate', clicked_count, delivered_count),
        ('email_conversion_rate', converted_count, delivered_count),
        ('email_unsubscribe_rate', unsubscribed_count, delivered_count),
        ('email_complaint_rate', complained_count, delivered_count)
    ] as measure
)

select
    metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    phase_name as phase,
    period_start,
    grain,
    dimension,
    dimension_value,
    step_count as numerator,
    if(metric = 'emails_sent', null, base_count)::Nullable(Int64)
        as denominator,
    -- No message, no rate.
    if(
        metric = 'emails_sent', step_count, step_count / nullIf(base_count, 0)
    )::Nullable(Float64) as value,
    if(metric = 'emails_sent', step_count, base_count)::Int64 as n,
    if(
        metric = 'emails_sent', null, lm_wilson_low(step_count, base_count)
    )::Nullable(Float64) as ci_low,
    if(
        metric = 'emails_sent', null, lm_wilson_high(step_count, base_count)
    )::Nullable(Float64) as ci_high,
    (
        lm_window_end(
            lm_next_period(period_start, grain), report_zone, 21
        ) <= as_of_instant
    )::Bool as is_mature,
    sent_count,
    delivered_count,
    bounced_count,
    opened_count,
    clicked_count,
    converted_count,
    unsubscribed_count,
    complained_count
from measures
