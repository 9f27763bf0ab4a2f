using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Mails by the period they were sent in and the phase the recipient then was in: delivered, of these opened, clicked in,
/// followed by an order within 7 days of a click, unsubscribed from, reported as spam; and those that came back.
/// </summary>
internal sealed class EmailFunnel : ProportionOracle
{
    private static readonly TimeSpan OrderWindow = TimeSpan.FromDays(7);
    private static readonly TimeSpan Maturity = TimeSpan.FromDays(21);

    public override string View => "kpi_email_funnel";

    public override string Keys => "metric, phase";

    public override string Counts =>
        "numerator, denominator, n, sent_count, delivered_count, bounced_count, opened_count, clicked_count, converted_count, unsubscribed_count, complained_count";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var subject in world.Subjects)
        {
            var orders = world.Orders.Where(order => order.IsOrder && order.Subject == subject.Id && order.At <= world.AsOf)
                .Select(order => order.At).ToArray();
            foreach (var mail in Mail.Of(world, subject))
            {
                var visit = world.VisitsOf(subject, world.Models[0]).LastOrDefault(visit => visit.EnteredAt <= mail.SentAt);
                var slices = subject.Slices with
                {
                    Channel = ReferenceLifecycle.ChannelOf(mail.Origin),
                    Campaign = mail.Origin.Campaign,
                    Source = mail.Origin.Source,
                };
                foreach (var period in world.Grains.Select(grain => world.Calendar.Of(grain, world.Calendar.DayOf(mail.SentAt))))
                {
                    var isMature = world.Calendar.InstantOf(period.End) + Maturity <= world.AsOf;
                    foreach (var phase in new[] { PhaseOf(world, visit), "(all)" })
                        Add(rows, phase, period, slices, isMature, StepsOf(mail, orders));
                }
            }
        }
    }

    public override (double? Low, double? High) Interval(IReadOnlyList<long?> counts) =>
        counts[1] is null ? (null, null) : base.Interval(counts);

    private static string PhaseOf(World world, Visit? visit) => visit is null ? "(none)"
        : world.Models[0].Stages.FirstOrDefault(stage => stage.Id == visit.Stage)?.Phase ?? Lifecycle.Models.Phase.Lapsed;

    // Sent, delivered, bounced, opened, clicked, converted, unsubscribed, complained.
    private static long[] StepsOf(Mail mail, DateTime[] orders)
    {
        bool[] steps =
        [
            true,
            mail.IsDelivered,
            mail.IsBounced,
            mail.Has("Email Opened", "Email Clicked"),
            mail.Has("Email Clicked"),
            mail.Clicks.Any(click => orders.Any(at => at >= click && at <= click + OrderWindow)),
            mail.Has("Email Unsubscribed"),
            mail.Has("Email Complained"),
        ];
        return [.. steps.Select(step => step ? 1L : 0)];
    }

    private static void Add(KpiRows rows, string phase, Period period, Slices slices, bool isMature, long[] steps)
    {
        var (sent, delivered) = (steps[0], steps[1]);
        Row("emails_sent", sent, null);
        Row("email_delivery_rate", delivered, sent);
        Row("email_bounce_rate", steps[2], sent);
        Row("email_open_rate", steps[3], delivered);
        Row("email_click_rate", steps[4], delivered);
        Row("email_conversion_rate", steps[5], delivered);
        Row("email_unsubscribe_rate", steps[6], delivered);
        Row("email_complaint_rate", steps[7], delivered);

        void Row(string metric, long numerator, long? denominator) =>
            rows.Add($"{metric} {phase}", period, slices, isMature, [numerator, denominator, denominator ?? numerator, .. steps]);
    }
}
