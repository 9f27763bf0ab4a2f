namespace LifecycleMetrics.Oracle.Tests.Agreement;

/// <summary>What holds of any history, whatever happened in it.</summary>
/// <param name="Name">The invariant.</param>
/// <param name="Broken">A query for the rows in which it does not hold.</param>
internal sealed record Invariant(string Name, string Broken)
{
    public static readonly IReadOnlyList<Invariant> All =
    [
        new(
            "Stock at the end of a period = stock at its start + in - out, and the stock at its start is that at the end of the one before",
            """
            select model_id, stage_id, grain, period_start, dimension, dimension_value
            from (
                select
                    model_id, stage_id, grain, period_start, dimension, dimension_value,
                    numerator, opening_count, entered_count, exited_count,
                    lagInFrame(numerator, 1, 0) over (
                        partition by model_id, stage_id, grain, dimension, dimension_value order by period_start
                    ) as before
                from kpi_stage_stock
                where grain in ('month', 'quarter', 'year')
            )
            where opening_count != before or numerator != opening_count + entered_count - exited_count
            """),
        new(
            "Active customers change by new and resurrected ones less the dormant",
            """
            select grain, period_start, dimension, dimension_value
            from (
                select
                    grain, period_start, dimension, dimension_value, is_mature, active, gained, lost,
                    lagInFrame(active, 1, 0) over (
                        partition by grain, dimension, dimension_value order by period_start
                    ) as before
                from (
                    select
                        grain, period_start, dimension, dimension_value, is_mature,
                        sumIf(numerator, flow = 'active') as active,
                        sumIf(numerator, flow in ('new', 'resurrected')) as gained,
                        sumIf(numerator, flow = 'dormant') as lost
                    from kpi_lifecycle_flow
                    where metric = 'lifecycle_flow' and grain in ('month', 'quarter', 'year')
                    group by grain, period_start, dimension, dimension_value, is_mature
                )
            )
            where is_mature and active - before != gained - lost
            """),
        new(
            "Churn and retention are 1 together",
            """
            select grain, period_start, dimension, dimension_value
            from kpi_churn
            where grain in ('month', 'quarter', 'year')
            group by grain, period_start, dimension, dimension_value
            having sum(numerator) != any(denominator)
                or min(denominator) != max(denominator)
                or (any(is_mature) and any(denominator) > 0 and abs(sum(value) - 1) > 1e-12)
            """),
        new(
            "Opening MRR + movements = closing MRR, which opens the next period",
            """
            select currency, grain, period_start, dimension, dimension_value
            from (
                select
                    *,
                    lagInFrame(closing_minor, 1, 0) over (
                        partition by currency, grain, dimension, dimension_value order by period_start
                    ) as before
                from kpi_mrr
                where metric = 'mrr' and grain in ('month', 'quarter', 'year')
            )
            where before != opening_minor
                or closing_minor != opening_minor + new_minor + expansion_minor - contraction_minor - churn_minor + reactivation_minor
            """),
        new(
            "Cohort sizes add up to the customers, at every grain",
            """
            select grain, dimension, sum(cohort_size) as customers
            from kpi_retention_cohort
            where variant = 'on' and period_index = 0
            group by grain, dimension
            having customers != (select uniqExact(subject_id) from int_subject_day where startsWith(subject_id, 'u:'))
            """),
        new(
            "The credit of each attribution model is the revenue, to the last cent, and each order is credited once",
            """
            select credit.metric, credit.attribution_model, credit.dimension, credit.currency, credit.grain, credit.period_start, credit.amount, earned.amount
            from (
                select
                    if(metric = 'attributed_revenue', 'gross_revenue', if(metric = 'attributed_net_revenue', 'net_revenue', 'orders')) as metric,
                    attribution_model, dimension, currency, grain, period_start,
                    sum(numerator) / if(metric = 'orders', 1000000, 1) as amount
                from kpi_attribution
                where conversion = 'order' and grain in ('month', 'quarter', 'year')
                    and metric in ('attributed_revenue', 'attributed_net_revenue', 'attributed_conversions')
                group by metric, attribution_model, dimension, currency, grain, period_start
            ) as credit
            left join (
                select metric, currency, grain, period_start, numerator as amount
                from kpi_revenue
                where dimension = 'all'
            ) as earned
                on earned.metric = credit.metric and earned.currency = credit.currency
                and earned.grain = credit.grain and earned.period_start = credit.period_start
            where credit.amount != earned.amount
            """),
        new(
            "Slices of every dimension add up to all",
            """
            select model_id, stage_id, grain, period_start
            from (
                select model_id, stage_id, grain, period_start, dimension, sum(numerator) as numbers
                from kpi_stage_entries
                where grain in ('month', 'quarter', 'year')
                group by model_id, stage_id, grain, period_start, dimension
            )
            group by model_id, stage_id, grain, period_start
            having uniqExact(numbers) > 1
            """),
    ];
}
