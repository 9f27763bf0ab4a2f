using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>Of the accounts with a running subscription at the start of the period, those without one at its end.</summary>
internal sealed class SubscriberChurn : ProportionOracle
{
    public override string View => "kpi_mrr";

    public override string Keys => "metric, currency";

    public override string Counts => "if(is_mature, numerator, null), denominator, n";

    public override string Where => "metric = 'subscriber_churn_rate'";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var (subject, currency) in world.Subjects.SelectMany(_ => Subscriptions.Currencies, (subject, currency) => (subject, currency)))
        {
            var account = new Subscriptions(subject, world.AsOf, currency);
            foreach (var period in world.Periods.Where(period => account.Before(world.Calendar.InstantOf(period.Start)).Running > 0))
            {
                var isOver = world.Calendar.IsClosed(period);
                var isGone = account.Before(world.Calendar.InstantOf(period.End)).Running == 0;
                rows.Add($"subscriber_churn_rate {currency}", period, subject.Slices, isOver, isOver ? (isGone ? 1 : 0) : null, 1, 1);
            }
        }
    }
}
