using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// MRR at the end of the period, the movements that led there from that of its start, account by account, what of that of the
/// start is kept, and what there is for each account that pays.
/// </summary>
internal sealed class Mrr : KpiOracle
{
    public override string View => "kpi_mrr";

    public override string Keys => "metric, currency";

    public override string Counts =>
        "numerator, denominator, n, opening_minor, new_minor, expansion_minor, contraction_minor, churn_minor, reactivation_minor, closing_minor";

    public override string Where => "metric != 'subscriber_churn_rate'";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var (subject, currency) in world.Subjects.SelectMany(_ => Subscriptions.Currencies, (subject, currency) => (subject, currency)))
        {
            var account = new Subscriptions(subject, world.AsOf, currency);
            foreach (var period in world.Periods)
            {
                var (from, to) = (world.Calendar.InstantOf(period.Start), world.Calendar.InstantOf(period.End));
                var (start, running) = account.Before(from);
                var (end, subscribed) = account.Before(to);
                if (start + end + running + subscribed == 0) continue;
                var isBack = start == 0 && end > 0 && account.HadMrrBefore(from);
                var begun = start == 0 && !isBack ? end : 0;
                var more = start > 0 ? Math.Max(0, end - start) : 0;
                var less = end > 0 ? Math.Max(0, start - end) : 0;
                var gone = end == 0 ? start : 0;
                var back = isBack ? end : 0;
                var (was, now) = (running > 0 ? 1 : 0, subscribed > 0 ? 1 : 0);
                var isClosed = world.Calendar.IsClosed(period);
                Row("mrr", end, null, now);
                Row("mrr_new", begun, null, now);
                Row("mrr_expansion", more, null, now);
                Row("mrr_contraction", less, null, now);
                Row("mrr_churn", gone, null, now);
                Row("mrr_reactivation", back, null, now);
                Row("active_subscribers", now, null, now);
                Row("arpa", end, end > 0 ? 1 : 0, now);
                Row("gross_revenue_retention", Math.Min(start, end), start, was, isOpen: !isClosed);
                Row("net_revenue_retention", start > 0 ? end : 0, start, was, isOpen: !isClosed);

                // What is kept is not known while the period is open.
                void Row(string metric, long amount, long? denominator, long n, bool isOpen = false) => rows.Add(
                    $"{metric} {currency}", period, subject.Slices, isClosed, amount, denominator, n, start, begun, more, less, gone, back, end, isOpen ? 1 : 0);
            }
        }
    }

    public override double? Value(IReadOnlyList<long?> counts) => counts[10] > 0 ? null : base.Value(counts);
}
