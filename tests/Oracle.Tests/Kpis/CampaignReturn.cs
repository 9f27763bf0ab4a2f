using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// What orders credited to a channel or campaign brought for what it cost: (gross margin − cost) ÷ cost, and revenue ÷ cost; no
/// value where costs and revenue are in several currencies.
/// </summary>
internal sealed class CampaignReturn : KpiOracle
{
    private static readonly Attribution Attribution = new();

    public override string View => "kpi_campaign_return";

    public override string Keys => "metric, attribution_model, currency";

    public override string Counts => "numerator, denominator, n, toInt64(is_multi_currency)";

    public override bool IsShown(IReadOnlyList<long?> counts) => counts[0] != 0 || counts[1] != 0;

    public override void Count(World world, KpiRows rows) => Attribution.Count(world, rows);

    public override void CountShared(Spending spending, KpiRows rows)
    {
        foreach (var cost in spending.Costs)
        {
            foreach (var period in Period.Grains.Select(grain => spending.Calendar.Of(grain, cost.Day)))
                rows.Add($"cost {cost.Currency}", period, Spending.SlicesOf(cost), spending.Calendar.IsClosed(period), cost.Minor);
        }
    }

    public override IEnumerable<KpiSum> Fold(IEnumerable<KpiSum> sums)
    {
        foreach (var slice in sums.Where(sum => Spending.IsOfCosts(sum.Dimension)).GroupBy(sum => (sum.Period, sum.Dimension, sum.Value)))
        {
            var amounts = slice.ToDictionary(sum => sum.Key, sum => sum.Counts[0]!.Value);
            var currencies = slice.Select(sum => sum.Key[(sum.Key.LastIndexOf(' ') + 1)..]).Distinct().ToArray();
            foreach (var currency in currencies)
            {
                foreach (var model in Credit.Models)
                {
                    var used = currencies.Count(other => Cost(other) != 0 || Revenue(model, other) != 0);
                    yield return Row("roi", Amount($"attributed_gross_margin {model} order   {currency}") - Cost(currency));
                    yield return Row("roas", Revenue(model, currency));

                    KpiSum Row(string metric, long brought) => slice.First() with
                    {
                        Key = $"{metric} {model} {currency}",
                        Counts = [brought, Cost(currency), Cost(currency), used > 1 ? 1 : 0],
                    };
                }
            }

            long Amount(string key) => amounts.GetValueOrDefault(key);
            long Cost(string currency) => Amount($"cost {currency}");
            long Revenue(string model, string currency) => Amount($"attributed_revenue {model} order   {currency}");
        }
    }

    public override double? Value(IReadOnlyList<long?> counts) => counts[3] > 0 ? null : base.Value(counts);
}
