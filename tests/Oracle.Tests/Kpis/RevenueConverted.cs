using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Revenue of all currencies in the reporting currency, orders and their refunds at the rate of the local day of the order; no value
/// where an amount of the period has no rate.
/// </summary>
internal sealed class RevenueConverted : KpiOracle
{
    public override string View => "kpi_revenue_converted";

    public override string Keys => "metric, basis, currency";

    public override string Counts =>
        "numerator, denominator, n, unconverted_order_count, position(unconverted_currencies, 'EUR') > 0, position(unconverted_currencies, 'JPY') > 0, position(unconverted_currencies, '(none)') > 0, length(unconverted_currencies)";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var order in world.Orders.Where(order => order.At <= world.AsOf))
        {
            var day = world.Calendar.DayOf(order.At);
            var currency = order.Report.RevenueMinor is null ? "" : order.Report.Currency;
            var isUnrated = currency.Length > 0 && Rates.Convert(1, currency, day) is null;
            var refunds = order.Refunds.Where(refund => refund.At <= world.AsOf).ToArray();
            var refunded = refunds.Sum(refund => refund.Amount);
            Add(day, "order_date", order.Revenue, refunded, order.IsOrder ? 1 : 0);
            Add(day, "cash", order.Revenue, 0, order.IsOrder ? 1 : 0);
            foreach (var refund in refunds) Add(world.Calendar.DayOf(refund.At), "cash", 0, refund.Amount, 0);

            void Add(DateOnly on, string basis, long revenue, long refund, long orders)
            {
                // Of an unknown order it may be unknown, too, in what it was paid.
                var isMissing = (isUnrated || currency.Length == 0) && (revenue != 0 || refund != 0) ? 1 : 0;
                foreach (var period in world.Grains.Select(grain => world.Calendar.Of(grain, on)))
                {
                    rows.Add(
                        basis,
                        period,
                        world.SlicesOf(order),
                        world.Calendar.IsClosed(period),
                        currency.Length == 0 ? 0 : Rates.Convert(revenue, currency, day) ?? 0,
                        currency.Length == 0 ? 0 : Rates.Convert(refund, currency, day) ?? 0,
                        orders,
                        isUnrated ? orders : 0,
                        currency == "EUR" ? isMissing : 0,
                        currency == "JPY" ? isMissing : 0,
                        currency.Length == 0 ? isMissing : 0);
                }
            }
        }
    }

    public override IEnumerable<KpiSum> Fold(IEnumerable<KpiSum> sums)
    {
        foreach (var sum in sums)
        {
            var (gross, refunds, orders) = (sum.Counts[0]!.Value, sum.Counts[1]!.Value, sum.Counts[2]!.Value);
            if (sum.Key == "cash")
            {
                yield return Row("converted_cash_refunds", refunds, null);
                yield return Row("converted_cash_net_revenue", gross - refunds, null);
                continue;
            }

            yield return Row("converted_gross_revenue", gross, null);
            yield return Row("converted_refunds", refunds, null);
            yield return Row("converted_net_revenue", gross - refunds, null);
            yield return Row("converted_average_order_value", gross, orders);

            // Rounded once.
            KpiSum Row(string metric, long amount, long? denominator)
            {
                var (euro, yen) = (sum.Counts[4] > 0 ? 1 : 0, sum.Counts[5] > 0 ? 1 : 0);
                var none = sum.Counts[6] > 0 ? 1 : 0;
                var letters = (3 * (euro + yen)) + (6 * none) + (2 * Math.Max(0, euro + yen + none - 1));
                var cents = (long)Math.Round((decimal)amount / Rates.Scale, MidpointRounding.AwayFromZero);
                return sum with { Key = $"{metric} {sum.Key} USD", Counts = [cents, denominator, orders, sum.Counts[3], euro, yen, none, letters] };
            }
        }
    }

    public override double? Value(IReadOnlyList<long?> counts) => counts[7] > 0 ? null : base.Value(counts);
}
