-- purpose: What customers answer when they are asked: net promoter score, share of the satisfied, and how many answer at all
-- grain: one row per metric, survey, grain, period_start, dimension, dimension_value
-- reads: survey_cell, int_live_run, report_grain, report_setting
-- time: days of the report time zone; the latest answer of a subject to a survey in the period counts; a late answer changes its own period
with
    assumeNotNull((
        select time_zone from report_setting final
    )) as report_zone,
    assumeNotNull((
        select coalesce(as_of, now64(3)) from report_setting final
    )) as as_of_instant,

cells as (
    select
        arrayJoin([cast(survey as String), '(all)']) as survey_name,
        cast(grain as String) as grain,
        period_start,
        cast(dimension as String) as dimension,
        dimension_value,
        nps_count,
        promoter_count,
        detractor_count,
        csat_count,
        satisfied_count,
        sent_count,
        exposed_count,
        response_count
    from survey_cell
    where (base_no, refresh_no) in (
        select
            base_no,
            refresh_no
        from int_live_run
    )

    union all

    -- Zeros for the periods in which nothing happened.
    select
        slices.survey_name as survey_name,
        grains.grain as grain,
        period.1 as period_start,
        slices.dimension as dimension,
        slices.dimension_value as dimension_value,
        0 as nps_count,
        0 as promoter_count,
        0 as detractor_count,
        0 as csat_count,
        0 as satisfied_count,
        0 as sent_count,
        0 as exposed_count,
        0 as response_count
    from (
        select distinct
            arrayJoin([cast(survey as String), '(all)']) as survey_name,
            cast(dimension as String) as dimension,
            dimension_value
        from survey_cell
        where (base_no, refresh_no) in (
            select
                base_no,
                refresh_no
            from int_live_run
        )

        union distinct

        select
            '(all)' as survey_name,
            'all' as dimension,
            'all' as dimension_value
    ) as slices
    cross join report_grain as grains
    array join grains.periods as period
),

counts as (
    select
        survey_name,
        grain,
        period_start,
        dimension,
        dimension_value,
        sum(cells.nps_count) as nps_count,
        sum(cells.promoter_count) as promoter_count,
        sum(cells.detractor_count) as detractor_count,
        sum(cells.csat_count) as csat_count,
        sum(cells.satisfied_count) as satisfied_count,
        sum(cells.sent_count) as sent_count,
        sum(cells.exposed_count) as exposed_count,
        sum(cells.response_count) as response_count
    from cells
    group by survey_name, grain, period_start, dimension, dimension_value
),

measures as (
    select
        metric,
        survey_name as survey,
        grain,
        period_start,
        dimension,
        dimension_value,
        multiIf(
            metric = 'nps', promoter_count - detractor_count,
            metric = 'csat', satisfied_count,
            response_count
        ) as numerator,
        multiIf(
            metric = 'nps', nps_count,
            metric = 'csat', csat_count,
            exposed_count
        ) as sample_count,
        if(metric = 'nps', promoter_count, 0) as promoters,
        if(metric = 'nps', detractor_count, 0) as detractors,
        if(
            metric = 'survey_response_rate', sent_count - exposed_count, 0
        ) as maturing_n,
        -- Difference of two shares of the same n, by Bonett and Price (2012):
        -- one more of each, z = 1.959964.
        (promoter_count - detractor_count) / (nps_count + 2) as centre,
        1.959963984540054 * sqrt(
            (
                (promoter_count + detractor_count + 2) / (nps_count + 2)
                - centre * centre
            ) / (nps_count + 2)
        ) as margin,
        lm_window_end(
            lm_next_period(period_start, grain),
            report_zone,
            if(metric = 'survey_response_rate', 30, 0)
        ) <= as_of_instant as is_over
    from counts
    array join ['nps', 'csat', 'survey_response_rate'] as metric
    where survey_name = '(all)'
        or metric = 'survey_response_rate'
        or positionCaseInsensitive(survey_name, metric) > 0
)

select
    metric,
    toInt32(1) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    survey,
    period_start,
    grain,
    dimension,
    dimension_value,
    numerator,
    sample_count::Nullable(Int64) as denominator,
    -- Nobody answered, nothing is known.
    if(metric = 'nps', 100, 1) * numerator / nullIf(sample_count, 0) as value,
    sample_count as n,
    multiIf(
        sample_count = 0, null,
        metric = 'nps', 100 * greatest(centre - margin, -1),
        lm_wilson_low(numerator, sample_count)
    )::Nullable(Float64) as ci_low,
    multiIf(
        sample_count = 0, null,
        metric = 'nps', 100 * least(centre + margin, 1),
        lm_wilson_high(numerator, sample_count)
    )::Nullable(Float64) as ci_high,
    is_over::Bool as is_mature,
    promoters as promoter_count,
    detractors as detractor_count,
    maturing_n
from measures
