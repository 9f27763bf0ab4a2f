using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Orders and stage entries credited to the touches of the 30 days up to them in the same lap, by six models; without
/// touch, and refunds without order, to (unattributed). First orders and returns are of customers only.
/// </summary>
internal sealed class Attribution : KpiOracle
{
    private const long Whole = 1_000_000;
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(30);

    public override string View => "kpi_attribution";

    public override string Keys => "metric, attribution_model, conversion, model_id, stage_id, currency";

    // The denominator of conversions is there for its value alone.
    public override string Counts => "numerator, if(metric = 'attributed_conversions', 0, null)";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var subject in world.Subjects)
        {
            CountOrders(world, rows, subject);
            foreach (var model in world.Models)
            {
                foreach (var visit in world.VisitsOf(subject, model).Where(visit => visit.Direction is not ("lapse" or "back")))
                {
                    var conversion = new Conversion(subject, visit.EnteredAt, Before(world, subject, visit.EnteredAt, model));
                    Add(world, rows, conversion, "attributed_conversions", $"stage_entry {model.Id} {visit.Stage} ", Whole);
                    if (subject.IsCustomer && visit.Direction == "re-enter")
                        Add(world, rows, conversion, "attributed_conversions", $"re_entry {model.Id} {visit.Stage} ", Whole);
                }
            }
        }
    }

    // Conversions are counted in millionths.
    public override double? Value(IReadOnlyList<long?> counts) => (double?)counts[0] / (counts[1] is null ? 1 : Whole);

    /// <summary>The touches a conversion of a subject is credited to.</summary>
    public static Touch[] Before(World world, Subject subject, DateTime at, LifecycleModel model)
    {
        var lapse = world.VisitsOf(subject, model)
            .LastOrDefault(visit => visit.Direction == "lapse" && visit.EnteredAt <= at)?.EnteredAt ?? DateTime.MinValue;
        return [.. Touchpoints.Of(subject).Where(touch => touch.At <= at && touch.At >= at - LookBack && touch.At >= lapse)];
    }

    private static void CountOrders(World world, KpiRows rows, Subject subject)
    {
        var own = world.Orders.Where(order => order.Subject == subject.Id && order.At <= world.AsOf).ToArray();
        var first = own.Where(order => order.IsOrder && subject.IsCustomer)
            .OrderBy(order => order.At).ThenBy(order => order.OrderId, StringComparer.Ordinal).FirstOrDefault();
        foreach (var order in own)
        {
            var conversion = new Conversion(subject, order.At, order.IsOrder ? Before(world, subject, order.At, world.Models[0]) : []);
            var refunded = order.Refunds.Where(refund => refund.At <= world.AsOf).Sum(refund => refund.Amount);
            var cost = order.IsOrder ? order.Report.CostMinor ?? 0 : 0;
            foreach (var kind in order == first ? new[] { "order", "first_order" } : ["order"])
            {
                var keys = $"{kind}   {(order.Report.RevenueMinor is null ? "" : order.Report.Currency)}";
                if (order.IsOrder) Add(world, rows, conversion, "attributed_conversions", keys, Whole);
                Add(world, rows, conversion, "attributed_revenue", keys, order.Revenue);

                // Each amount is divided by itself.
                Add(world, rows, conversion, "attributed_net_revenue", keys, order.Revenue);
                Add(world, rows, conversion, "attributed_net_revenue", keys, refunded, sign: -1);
                Add(world, rows, conversion, "attributed_gross_margin", keys, order.Revenue);
                Add(world, rows, conversion, "attributed_gross_margin", keys, refunded, sign: -1);
                Add(world, rows, conversion, "attributed_gross_margin", keys, cost, sign: -1);
            }
        }
    }

    private static void Add(World world, KpiRows rows, Conversion conversion, string metric, string keys, long amount, int sign = 1)
    {
        if (amount == 0) return;
        var (subject, at, led) = conversion;
        foreach (var model in Credit.Models)
        {
            var parts = led.Length == 0 ? [amount] : Credit.Split(amount, Credit.Weights(model, led, at));
            foreach (var period in world.Grains.Select(grain => world.Calendar.Of(grain, world.Calendar.DayOf(at))))
            {
                for (var i = 0; i < parts.Length; i++)
                {
                    var slices = subject.Slices with
                    {
                        Channel = led.Length == 0 ? "(unattributed)" : ReferenceLifecycle.ChannelOf(led[i]),
                        Campaign = led.Length == 0 ? "(unattributed)" : led[i].Campaign,
                    };
                    rows.Add(
                        $"{metric} {model} {keys}",
                        period,
                        slices,
                        world.Calendar.IsClosed(period),
                        sign * parts[i],
                        metric == "attributed_conversions" ? 0 : null);
                }
            }
        }
    }

    private sealed record Conversion(Subject Subject, DateTime At, Touch[] Led);
}
