using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>Of the customers of a cohort, those who were there again k periods later. Unknown while that period is not over.</summary>
internal sealed class RetentionCohort : ProportionOracle
{
    public override string View => "kpi_retention_cohort";

    public override string Keys => "variant, cohort_start, period_index";

    public override string Counts => "if(isNull(value), null, numerator), denominator, n, cohort_size";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var customer in world.Customers)
        {
            foreach (var comeback in Comeback.Of(world, customer))
            {
                var isOver = world.Calendar.IsClosed(comeback.Period);
                rows.Add(
                    $"{comeback.Variant} {comeback.Cohort.Start:yyyy-MM-dd} {comeback.Index}",
                    comeback.Period,
                    customer.Slices,
                    isOver && !comeback.IsCensored,
                    isOver ? (comeback.IsBack ? 1 : 0) : null,
                    1,
                    1,
                    1);
            }
        }
    }
}
