using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Of the customers active at the start of the period, those not active at its end, and those still active. Active at the
/// start of a day = did something in the window before it, the shortest lapse_after of the default model. What is left
/// of a period that is not over has no value.
/// </summary>
internal sealed class Churn : KpiOracle
{
    public override string View => "kpi_churn";

    public override string Keys => "metric, window_days";

    public override string Counts => "if(is_mature, numerator, null), denominator, n";

    public override void Count(World world, KpiRows rows)
    {
        var window = world.Models[0].Stages.Min(stage => stage.LapseAfter).Days;
        foreach (var customer in world.Customers)
        {
            foreach (var period in world.Periods.Where(period => IsActive(customer, period.Start, window)))
            {
                var isOver = world.Calendar.IsClosed(period);
                var isGone = !IsActive(customer, period.End, window);
                rows.Add($"churn_rate {window}", period, customer.Slices, isOver, isOver ? (isGone ? 1 : 0) : null, 1, 1);
                rows.Add($"retention_rate {window}", period, customer.Slices, isOver, isOver ? (isGone ? 0 : 1) : null, 1, 1);
            }
        }
    }

    public override double? Value(IReadOnlyList<long?> counts, bool isMature) =>
        counts[0] is { } numerator && counts[1] is > 0 and var denominator ? (double)numerator / denominator : null;

    public override (long K, long N)? Proportion(IReadOnlyList<long?> counts) => (counts[0]!.Value, counts[1]!.Value);

    private static bool IsActive(Subject customer, DateOnly day, int window) =>
        customer.ActiveDays.Any(active => active < day && active >= day.AddDays(-window));
}
