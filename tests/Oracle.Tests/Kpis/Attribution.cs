using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Orders and stage entries credited to the touches of the 30 days up to them in the same lap, by six models; without
/// touch to (unattributed). Where time decay rounds is its own affair, so its parts are compared in sum only.
/// </summary>
internal sealed class Attribution : KpiOracle
{
    private const long Whole = 1_000_000;
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(30);

    public override string View => "kpi_attribution";

    public override string Keys => "metric, attribution_model, conversion, model_id, stage_id, currency";

    public override string Counts => "numerator, if(metric = 'attributed_conversions', 0, null)";

    public override string Where =>
        "metric in ('attributed_conversions', 'attributed_revenue') and conversion in ('order', 'stage_entry')"
        + " and (attribution_model != 'time_decay' or dimension not in ('channel', 'campaign'))";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var subject in world.Subjects)
        {
            var touches = Touchpoints.Of(subject);
            foreach (var order in world.Orders.Where(order => order.IsOrder && order.Subject == subject.Id && order.At <= world.AsOf))
            {
                var led = Before(order.At, world.Models[0]);
                var currency = order.Report.RevenueMinor is null ? "" : order.Report.Currency;
                Add("attributed_conversions", $"order   {currency}", order.At, led, Whole, 0);
                Add("attributed_revenue", $"order   {currency}", order.At, led, order.Revenue, null);
            }

            foreach (var model in world.Models)
            {
                foreach (var visit in world.VisitsOf(subject, model).Where(visit => visit.Direction is not ("lapse" or "back")))
                {
                    Add(
                        "attributed_conversions",
                        $"stage_entry {model.Id} {visit.Stage} ",
                        visit.EnteredAt,
                        Before(visit.EnteredAt, model),
                        Whole,
                        0);
                }
            }

            Touch[] Before(DateTime at, LifecycleModel model)
            {
                var lapse = world.VisitsOf(subject, model)
                    .LastOrDefault(visit => visit.Direction == "lapse" && visit.EnteredAt <= at)?.EnteredAt ?? DateTime.MinValue;
                return [.. touches.Where(touch => touch.At <= at && touch.At >= at - LookBack && touch.At >= lapse)];
            }

            void Add(string metric, string keys, DateTime at, Touch[] led, long amount, long? isCounted)
            {
                foreach (var model in Credit.Models)
                {
                    var parts = led.Length == 0 ? [amount] : Credit.Split(amount, Credit.Weights(model, led, at));
                    foreach (var grain in world.Grains)
                    {
                        var period = world.Calendar.Of(grain, world.Calendar.DayOf(at));
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
                                parts[i],
                                isCounted);
                        }
                    }
                }
            }
        }
    }

    // Conversions are counted in millionths.
    public override double? Value(IReadOnlyList<long?> counts) => (double?)counts[0] / (counts[1] is null ? 1 : Whole);
}
