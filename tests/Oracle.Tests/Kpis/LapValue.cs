using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Net revenue of the orders placed in the first days of the laps that began in the period ÷ those laps that are older than so
/// many days at T, also against that of first laps. An order belongs to the lap that began last before it.
/// </summary>
internal sealed class LapValue : KpiOracle
{
    private static readonly int[] Windows = [90, 180, 365];
    private static readonly string[] Currencies = ["EUR", "JPY", "USD"];

    public override string View => "kpi_lap";

    public override string Keys => "model_id, lap, window_days, currency";

    public override string Counts => "numerator, denominator, n, maturing_n";

    public override string Ratios => "first_lap_ratio";

    // Which currencies have rows depends on the orders of others.
    public override string Where => "metric = 'lap_value' and numerator != 0";

    public override bool IsShown(IReadOnlyList<long?> counts) => counts[0] != 0;

    public override void Count(World world, KpiRows rows)
    {
        foreach (var model in world.Models)
        {
            foreach (var subject in world.Subjects)
            {
                var begun = Laps.Begun(world, subject, model);
                var orders = world.Orders.Where(order => order.IsOrder && order.Subject == subject.Id && order.At <= world.AsOf).ToArray();
                foreach (var (index, at) in begun.Index())
                {
                    var own = orders.Where(order => order.At >= at && (index + 1 == begun.Count || order.At < begun[index + 1])).ToArray();
                    foreach (var window in Windows)
                    {
                        var isOld = world.Calendar.DayOf(at).AddDays(window) < world.Calendar.Today ? 1 : 0;
                        var inside = own.Where(order => order.At < at.AddDays(window)).ToArray();
                        foreach (var currency in Currencies)
                        {
                            var net = inside.Where(order => order.Report.Currency == currency)
                                .Sum(order => order.Revenue - order.Refunds.Where(refund => refund.At <= world.AsOf).Sum(refund => refund.Amount));
                            foreach (var period in world.Grains.Select(grain => world.Calendar.Of(grain, world.Calendar.DayOf(at))))
                            {
                                rows.Add(
                                    $"{model.Id} {Math.Min(index + 1, 3)} {window} {currency}",
                                    period,
                                    subject.Slices,
                                    period.End.AddDays(window) <= world.Calendar.Today,
                                    isOld * net,
                                    isOld,
                                    isOld,
                                    1 - isOld);
                            }
                        }
                    }
                }
            }
        }
    }

    // Beside each lap the first laps of the same period.
    public override IEnumerable<KpiSum> Fold(IEnumerable<KpiSum> sums)
    {
        var all = sums.ToArray();
        var first = all.Where(sum => sum.Key.Split(' ')[1] == "1").ToDictionary(sum => (sum.Key, sum.Period, sum.Dimension, sum.Value), sum => sum.Counts);
        foreach (var sum in all)
        {
            var words = sum.Key.Split(' ');
            var other = first.GetValueOrDefault(($"{words[0]} 1 {words[2]} {words[3]}", sum.Period, sum.Dimension, sum.Value)) ?? [0, 0];
            yield return sum with { Counts = [.. sum.Counts, other[0], other[1]] };
        }
    }

    public override IReadOnlyList<double?> RatiosOf(IReadOnlyList<long?> counts) =>
        [Divided(counts[4], counts[5]) is { } first and not 0 ? Value(counts) / first : null];
}
