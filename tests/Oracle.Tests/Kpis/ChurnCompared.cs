using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Churn of a period by three definitions, by looking at the start of every day after its first up to its end: who of
/// those active at its start is not at its end; who of them stopped at any time; every stop of anybody, of all who were there
/// or began.
/// </summary>
internal sealed class ChurnCompared : ProportionOracle
{
    public override string View => "kpi_churn_compared";

    public override string Keys => "metric, definition";

    public override string Counts => "numerator, denominator, n";

    public override string Where => "is_mature";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var customer in world.Customers)
        {
            foreach (var period in world.Periods.Where(world.Calendar.IsClosed))
            {
                var isStart = customer.IsActiveAt(period.Start, world.ActiveWindow);
                var isEnd = customer.IsActiveAt(period.End, world.ActiveWindow);
                var (starts, stops) = Turns(customer, period, world.ActiveWindow);
                Add("lifecycle_metrics", isStart && !isEnd ? 1 : 0, isStart ? 1 : 0);
                Add("chartmogul", isStart && stops > 0 ? 1 : 0, isStart ? 1 : 0);
                Add("stripe", stops, (isStart ? 1 : 0) + starts);

                void Add(string definition, long numerator, long denominator) =>
                    rows.Add($"churn_rate_compared {definition}", period, customer.Slices, true, numerator, denominator, denominator);
            }
        }
    }

    private static (int Starts, int Stops) Turns(Subject customer, Period period, int window)
    {
        var (starts, stops) = (0, 0);
        for (var day = period.Start.AddDays(1); day <= period.End; day = day.AddDays(1))
        {
            switch (customer.IsActiveAt(day.AddDays(-1), window), customer.IsActiveAt(day, window))
            {
                case (false, true): starts++; break;
                case (true, false): stops++; break;
            }
        }

        return (starts, stops);
    }
}
