using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Of the silences of customers that became longer than a window in the period, those that ended with a return. A return on
/// the last day of the window is in time; the last silence is open.
/// </summary>
internal sealed class LapseWindow : ProportionOracle
{
    private static readonly int[] Candidates = [30, 45, 60, 90, 120, 180, 270, 365];

    public override string View => "kpi_lapse_window";

    public override string Keys => "metric, window_days";

    public override string Counts => "if(isNull(value), null, numerator), denominator, n";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var customer in world.Customers)
        {
            foreach (var (silent, back) in customer.ActiveDays.Zip(customer.ActiveDays.Skip(1).Select(day => (DateOnly?)day).Append(null)))
            {
                foreach (var window in Candidates)
                {
                    var reached = silent.AddDays(window);
                    if (reached >= (back ?? world.Calendar.Today)) continue;
                    foreach (var grain in world.Grains)
                    {
                        var period = world.Calendar.Of(grain, reached);
                        var isOver = world.Calendar.IsClosed(period);
                        rows.Add(
                            $"false_churn_rate {window}",
                            period,
                            customer.Slices,
                            period.End.AddDays(window) <= world.Calendar.Today,
                            isOver ? (back is null ? 0 : 1) : null,
                            1,
                            1);
                    }
                }
            }
        }
    }
}
