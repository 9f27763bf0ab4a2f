-- purpose: What it costs to win a new customer (cac) and to win back a lapsed one (crc): over all of them (blended), and over those credited to what was paid for (paid), by six attribution models
-- grain: one row per metric, attribution_model, currency, grain, period_start, dimension, dimension_value
-- reads: attribution_cell, campaign_cost, int_live_run, int_win_back_campaign, lifecycle_stage, report_calendar, report_grain, report_setting
-- time: days of the report time zone; customers by the day of their first order or return, costs by their day; costs after T are left out
with
    assumeNotNull((
        select week_start from report_setting final
    )) as week_start,

    -- Millionths of customers who were won (cac) or came back (crc).
    credits as
    (
        select
            dimension::String as dimension,
            dimension_value,
            conversion_date as flow_date,
            if(conversion = 'first_order', 'cac', 'crc') as kind,
            [
                first_credit,
                last_credit,
                last_non_direct_credit,
                linear_credit,
                time_decay_credit,
                position_based_credit
            ] as credits
        from attribution_cell
        where (base_no, refresh_no) in (
                select base_no, refresh_no from int_live_run
            )
            and dimension in ('all', 'channel', 'campaign')
            and (
                model_id = '' and conversion = 'first_order'
                or conversion = 're_entry'
                and (model_id, model_version) in (
                    select model_id, model_version
                    from lifecycle_stage
                    where is_default_model
                )
            )
    ),

    costs as
    (
        select
            arrayJoin(['all', 'channel', 'campaign']) as dimension,
            multiIf(
                dimension = 'all', 'all',
                dimension = 'channel' and channel != '', channel::String,
                dimension = 'campaign' and campaign != '', campaign::String,
                '(none)'
            ) as dimension_value,
            cost_date as flow_date,
            if(
                campaign in (select campaign from int_win_back_campaign),
                'crc',
                'cac'
            ) as kind,
            currency::String as currency,
            cost_minor
        from campaign_cost final
        where cost_date <= (select max(calendar_date) from report_calendar)
    ),

    amounts as
    (
        select
            kind,
            dimension,
            dimension_value,
            arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain,
            lm_period_start(flow_date, grain, week_start) as period_start,
            credits,
            map()::Map(String, Int64) as spent
        from credits

        union all

        select
            kind,
            dimension,
            dimension_value,
            arrayJoin(['day', 'week', 'month', 'quarter', 'year']) as grain,
            lm_period_start(flow_date, grain, week_start) as period_start,
            arrayResize([toInt64(0)], 6) as credits,
            map(currency, cost_minor) as spent
        from costs
    ),

    sums as
    (
        select
            kind,
            dimension,
            dimension_value,
            grain,
            period_start,
            sumForEach(amounts.credits) as credits,
            sumMap(amounts.spent) as spent,
            arrayCount(cost -> cost != 0, mapValues(spent)) as paid_count
        from amounts
        group by kind, dimension, dimension_value, grain, period_start
    ),

    -- Of all customers those are paid for who are credited to a channel that
    -- cost something in the period.
    credited as
    (
        select
            kind,
            dimension,
            dimension_value,
            grain,
            period_start,
            spent,
            arrayResize(credits, 6) as all_credits,
            arrayResize(
                multiIf(
                    dimension = 'all',
                    sumForEachIf(
                        credits, dimension = 'channel' and paid_count > 0
                    ) over (partition by kind, grain, period_start),
                    paid_count > 0, credits,
                    []
                ),
                6
            ) as paid_credits
        from sums
    ),

    -- What ever cost something has a row in every period, and so has all.
    series as
    (
        select
            series.kind as kind,
            series.dimension as dimension,
            series.dimension_value as dimension_value,
            series.currency as currency,
            grains.grain as grain,
            period.1 as period_start,
            period.3 as is_closed
        from (
            select kind, dimension, dimension_value, currency
            from costs

            union distinct

            select
                arrayJoin(['cac', 'crc']) as kind,
                'all' as dimension,
                'all' as dimension_value,
                currency
            from report_setting final
        ) as series
        cross join report_grain as grains
        array join grains.periods as period
    ),

    -- One customer, six ways to tell what for; blended needs none of them.
    rows_by_model as
    (
        select
            series.kind as kind,
            series.dimension as dimension,
            series.dimension_value as dimension_value,
            series.currency as currency,
            series.grain as grain,
            series.period_start as period_start,
            series.is_closed as is_closed,
            credited.spent[series.currency] as cost_minor,
            -- Whoever cost something in another currency did not cost 0 in
            -- this one.
            arrayExists(
                (other, cost) -> other != series.currency and cost != 0,
                mapKeys(credited.spent),
                mapValues(credited.spent)
            ) as is_mixed,
            arrayJoin(arrayConcat(
                arrayZip(
                    [
                        'first', 'last', 'last_non_direct', 'linear',
                        'time_decay', 'position_based'
                    ],
                    arrayResize(credited.paid_credits, 6)
                ),
                if(
                    series.dimension = 'all',
                    [('', credited.all_credits[1])],
                    []
                )
            )) as part
        from series
        left join credited
            on credited.kind = series.kind
            and credited.dimension = series.dimension
            and credited.dimension_value = series.dimension_value
            and credited.grain = series.grain
            and credited.period_start = series.period_start
    )

select
    concat(kind, if(part.1 = '', '_blended', '_paid')) as metric,
    -- Version 1 showed 0 where all costs were in another currency.
    toInt32(2) as metric_version,
    '' as model_id,
    toInt32(0) as model_version,
    part.1 as attribution_model,
    currency,
    period_start,
    grain,
    dimension,
    dimension_value,
    cost_minor as numerator,
    part.2::Nullable(Int64) as denominator,
    -- Customers are counted in millionths; without any there is no cost of one.
    if(
        is_mixed, null, cost_minor / nullIf(part.2, 0) * 1000000
    )::Nullable(Float64) as value,
    intDiv(part.2 + 500000, 1000000) as n,
    null::Nullable(Float64) as ci_low,
    null::Nullable(Float64) as ci_high,
    is_closed::Bool as is_mature,
    is_mixed::Bool as is_multi_currency
from rows_by_model
settings join_use_nulls = 0
