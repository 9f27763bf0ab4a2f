using System.Numerics;

namespace LifecycleMetrics.Sql.Tests.Invariants;

/// <summary>Credit of orders divided once more in plain C#, from the definition.</summary>
public sealed class AttributionOracleTests(GeneratedHistoryFixture history) : IClassFixture<GeneratedHistoryFixture>
{
    private const string Unattributed = "(unattributed)";

    private static readonly long Day = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    private static readonly Dictionary<string, Func<IReadOnlyList<Touch>, long, long[]>> Weights = new()
    {
        ["first"] = (touches, _) => Single(touches.Count, 0),
        ["last"] = (touches, _) => Single(touches.Count, touches.Count - 1),
        ["last_non_direct"] = (touches, _) => Single(touches.Count, LastNonDirect(touches)),
        ["linear"] = (touches, _) => [.. touches.Select(_ => 1L)],
        ["time_decay"] = (touches, at) => [.. touches.Select(touch => (long)Math.Round(1e9 * Math.Pow(2, -(double)(at - touch.At) / (7 * Day))))],
        ["position_based"] = (touches, _) => touches.Count < 3
            ? [.. touches.Select(_ => 1L)]
            : [2L * (touches.Count - 2), .. Enumerable.Repeat(1L, touches.Count - 2), 2L * (touches.Count - 2)],
    };

    [Fact]
    public async Task AttributedRevenue_ByMonthAndChannel_IsWhatTheDefinitionGives()
    {
        var orders = await history.Database.QueryAsync<Order>(
            """
            select
                subject_id as Subject, toUnixTimestamp64Milli(ordered_at) as At, revenue_minor as Revenue, currency as Currency,
                formatDateTime(ordered_at, '%Y-%m', 'Europe/Madrid') as Month
            from dim_order
            """,
            asWriter: true);
        var touches = (await history.Database.QueryAsync<Touch>(
            """
            select
                subject_id as Subject, toUnixTimestamp64Milli(occurred_at) as At, event_id as Id, channel as Channel, campaign as Campaign
            from stg_activity
            where event in ('Ad Clicked', 'Email Clicked')
            """,
            asWriter: true)).ToLookup(touch => touch.Subject);
        var lapses = (await history.Database.QueryAsync<Touch>(
            """
            select subject_id as Subject, toUnixTimestamp64Milli(entered_at) as At
            from int_stage_visit
            where model_id = 'sterne-cutler' and stage_id = 'lapsed'
            """,
            asWriter: true)).ToLookup(lapse => lapse.Subject, lapse => lapse.At);

        var expected = orders
            .SelectMany(order => Credit(order, Eligible(order, touches[order.Subject], lapses[order.Subject])))
            .GroupBy(part => part.Key, part => part.Amount)
            .Where(parts => parts.Sum() != 0)
            .Select(parts => $"{parts.Key} {parts.Sum()}");
        var actual = await history.Database.QueryAsync<string>(
            """
            select concat(
                attribution_model, ' ', dimension_value, ' ', formatDateTime(period_start, '%Y-%m'), ' ', currency, ' ', toString(numerator)
            )
            from kpi_attribution
            where metric = 'attributed_revenue' and conversion = 'order' and grain = 'month' and dimension = 'channel' and numerator != 0
            """);

        Assert.Contains(actual, row => row.StartsWith("time_decay email", StringComparison.Ordinal));
        Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
    }

    // Visits on one channel and campaign less than 30 minutes apart are one; of them those of 30 days that no lapse parts
    // from the order.
    private static List<Touch> Eligible(Order order, IEnumerable<Touch> touches, IEnumerable<long> lapses)
    {
        var since = lapses.Where(lapse => lapse <= order.At).DefaultIfEmpty(long.MinValue).Max();
        var sorted = touches.OrderBy(touch => touch.At).ThenBy(touch => touch.Id, StringComparer.Ordinal).ToArray();
        return
        [
            .. sorted
                .Where((touch, i) => i == 0
                    || touch.Channel != sorted[i - 1].Channel
                    || touch.Campaign != sorted[i - 1].Campaign
                    || touch.At >= sorted[i - 1].At + (Day / 48))
                .Where(touch => touch.At <= order.At && touch.At >= order.At - (30 * Day) && touch.At >= since),
        ];
    }

    private static IEnumerable<(string Key, long Amount)> Credit(Order order, List<Touch> touches)
    {
        if (touches.Count == 0) touches = [new Touch { At = order.At, Channel = Unattributed }];
        return Weights.SelectMany(model => Split(order.Revenue, model.Value(touches, order.At))
            .Select((amount, i) => ($"{model.Key} {touches[i].Channel} {order.Month} {order.Currency}", amount)));
    }

    private static long[] Split(long amount, long[] weights)
    {
        var total = weights.Aggregate(BigInteger.Zero, (sum, weight) => sum + weight);
        var parts = weights.Select(weight => (long)(amount * (BigInteger)weight / total)).ToArray();
        var byRemainder = Enumerable.Range(0, weights.Length).OrderByDescending(i => amount * (BigInteger)weights[i] % total);
        foreach (var i in byRemainder.Take((int)(amount - parts.Sum()))) parts[i]++;
        return parts;
    }

    private static long[] Single(int count, int index) => [.. Enumerable.Range(0, count).Select(i => i == index ? 1L : 0L)];

    private static int LastNonDirect(IReadOnlyList<Touch> touches)
    {
        for (var i = touches.Count - 1; i >= 0; i--)
            if (touches[i].Channel != "direct") return i;
        return touches.Count - 1;
    }

    private sealed class Order
    {
        public string Subject { get; set; } = "";

        public long At { get; set; }

        public long Revenue { get; set; }

        public string Currency { get; set; } = "";

        public string Month { get; set; } = "";
    }

    private sealed class Touch
    {
        public string Subject { get; set; } = "";

        public long At { get; set; }

        public string Id { get; set; } = "";

        public string Channel { get; set; } = "";

        public string Campaign { get; set; } = "";
    }
}
