using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>MRR at the end of the period, and the movements that led there from that of its start, account by account.</summary>
internal sealed class Mrr : KpiOracle
{
    public override string View => "kpi_mrr";

    public override string Keys => "metric, currency";

    public override string Counts =>
        "numerator, denominator, opening_minor, new_minor, expansion_minor, contraction_minor, churn_minor, reactivation_minor, closing_minor";

    public override string Where => "metric = 'mrr'";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var subject in world.Subjects)
        {
            var account = new Subscriptions(subject, world.AsOf);
            foreach (var period in world.Periods)
            {
                var (from, to) = (world.Calendar.InstantOf(period.Start), world.Calendar.InstantOf(period.End));
                var start = account.Before(from).Mrr;
                var end = account.Before(to).Mrr;
                var isBack = start == 0 && end > 0 && account.HadMrrBefore(from);
                rows.Add(
                    "mrr USD",
                    period,
                    subject.Slices,
                    world.Calendar.IsClosed(period),
                    end,
                    null,
                    start,
                    start == 0 && !isBack ? end : 0,
                    start > 0 ? Math.Max(0, end - start) : 0,
                    end > 0 ? Math.Max(0, start - end) : 0,
                    end == 0 ? start : 0,
                    isBack ? end : 0,
                    end);
            }
        }
    }
}
