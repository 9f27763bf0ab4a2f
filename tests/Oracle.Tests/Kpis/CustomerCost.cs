using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// What a new customer cost and what it cost to win a lapsed one back: costs ÷ customers, over all of them and over those credited
/// to channels that cost something in the period. What cost something in another currency has no value in this one.
/// </summary>
internal sealed class CustomerCost : KpiOracle
{
    private const long Whole = 1_000_000;
    private static readonly Attribution Attribution = new();

    public override string View => "kpi_cac";

    public override string Keys => "metric, attribution_model, currency";

    public override string Counts => "numerator, denominator, n, toInt64(is_multi_currency)";

    public override bool IsShown(IReadOnlyList<long?> counts) => counts[0] != 0 || counts[1] != 0;

    public override void Count(World world, KpiRows rows)
    {
        Attribution.Count(world, rows);
        WinBack.Count(world, rows);
    }

    public override void CountShared(Spending spending, KpiRows rows)
    {
        foreach (var cost in spending.Costs)
        {
            foreach (var period in Period.Grains.Select(grain => spending.Calendar.Of(grain, cost.Day)))
                rows.Add($"cost {cost.Currency} {cost.Campaign}", period, Spending.SlicesOf(cost), spending.Calendar.IsClosed(period), cost.Minor);
        }
    }

    public override IEnumerable<KpiSum> Fold(IEnumerable<KpiSum> sums)
    {
        var all = sums.Where(sum => Spending.IsOfCosts(sum.Dimension)).ToArray();
        var winBack = WinBack.Campaigns(all);
        var parts = all.Select(sum => Part.Of(sum, winBack)).Where(part => part is not null).Select(part => part!).ToArray();

        // What ever cost something has rows by its currency, and all has them in that of the report.
        var currencies = parts.Where(part => part.Currency.Length > 0)
            .ToLookup(part => (part.Kind, part.Sum.Dimension, part.Sum.Value), part => part.Currency);
        foreach (var period in parts.GroupBy(part => (part.Kind, part.Sum.Period)))
        {
            var slices = period.GroupBy(part => (part.Sum.Dimension, part.Sum.Value)).Select(slice => new Slice([.. slice])).ToArray();
            foreach (var slice in slices)
            {
                var (dimension, value) = (slice.First.Dimension, slice.First.Value);
                IEnumerable<string> spent = currencies[(period.Key.Kind, dimension, value)];
                foreach (var currency in (dimension == "all" ? spent.Append("USD") : spent).Distinct())
                {
                    if (dimension == "all") yield return Row("blended", "", slice.Credit("first"));
                    foreach (var model in Credit.Models)
                    {
                        var paid = dimension == "all"
                            ? slices.Where(other => other.First.Dimension == "channel" && other.Costs).Sum(other => other.Credit(model))
                            : slice.Costs ? slice.Credit(model) : 0;
                        yield return Row("paid", model, paid);
                    }

                    KpiSum Row(string metric, string model, long credit) => slice.First with
                    {
                        Key = $"{period.Key.Kind}_{metric} {model} {currency}",
                        Counts = [slice.Cost(currency), credit, (credit + (Whole / 2)) / Whole, slice.CostsOtherThan(currency) ? 1 : 0],
                    };
                }
            }
        }
    }

    // Customers are counted in millionths.
    public override double? Value(IReadOnlyList<long?> counts) => counts[3] > 0 ? null : Whole * base.Value(counts);

    /// <summary>A cost or a credit of customers, new ones (cac) or returned ones (crc).</summary>
    private sealed record Part(KpiSum Sum, string Kind, string Model, string Currency)
    {
        public long Amount => Sum.Counts[0]!.Value;

        public static Part? Of(KpiSum sum, IReadOnlySet<string> winBack) => sum.Key.Split(' ') switch
        {
            ["cost", var currency, .. var campaign] => new Part(sum, winBack.Contains(string.Join(' ', campaign)) ? "crc" : "cac", "", currency),
            ["attributed_conversions", var model, "first_order", ..] => new Part(sum, "cac", model, ""),
            ["attributed_conversions", var model, "re_entry", "sterne-cutler", ..] => new Part(sum, "crc", model, ""),
            _ => null,
        };
    }

    /// <summary>What one slice of a period cost and whom it brought.</summary>
    private sealed class Slice(Part[] parts)
    {
        public KpiSum First => parts[0].Sum;

        /// <summary>Whether it cost something in any currency.</summary>
        public bool Costs => CostsOtherThan("");

        /// <summary>Whether it cost something in a currency other than this one.</summary>
        public bool CostsOtherThan(string currency) =>
            parts.Select(part => part.Currency).Distinct().Any(other => other.Length > 0 && other != currency && Cost(other) != 0);

        public long Cost(string currency) => parts.Where(part => part.Currency == currency).Sum(part => part.Amount);

        public long Credit(string model) => parts.Where(part => part.Model == model).Sum(part => part.Amount);
    }
}
