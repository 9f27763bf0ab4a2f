using LifecycleMetrics.Server.Demo;

namespace LifecycleMetrics.Server.Tests.Demo;

/// <summary>What an executive would look at first: the numbers must be those of a shop that could exist.</summary>
public sealed class WorldTests(WorldTests.OneYear year, ITestOutputHelper output) : IClassFixture<WorldTests.OneYear>
{
    [Fact]
    public void Touches_AreInTheOrderTheyAreSent()
    {
        var last = long.MinValue;
        foreach (var touch in year.Touches)
        {
            Assert.True(touch.SentAt >= last);
            last = touch.SentAt;
        }
    }

    [Fact]
    public void Touches_LieInTheHistory() => Assert.All(year.Touches, touch =>
    {
        Assert.InRange(touch.SentAt, year.History.Start, year.History.End - 1);
        Assert.InRange(touch.At, year.History.Start - (3 * History.Hour), year.History.End + (3 * History.Hour));
    });

    [Fact]
    public void MessageIds_AreShared_OnlyByDuplicates()
    {
        var repeated = year.Touches.GroupBy(t => (t.Person.Id, t.Ordinal)).Where(g => g.Count() > 1).ToArray();
        Assert.InRange(repeated.Length / (double)year.Touches.Count, 0.001, 0.006);
        Assert.All(repeated, copies => Assert.Single(copies.Select(c => (c.Kind, c.At)).Distinct()));
    }

    [Fact]
    public void Rates_AreThoseOfAPlausibleShop()
    {
        var people = year.Touches.Where(t => t.Person.Kind is PersonKind.Customer or PersonKind.Visitor)
            .Select(t => t.Person.Id).Distinct().Count();
        var orders = year.Once.Where(t => t.Kind == TouchKind.OrderCompleted).ToArray();
        var buyers = orders.GroupBy(t => t.Person.Id).ToArray();
        var repeaters = buyers.Count(g => g.Count() > 1);
        var loyal = buyers.Count(g => g.Count() >= 4);
        var refunds = year.Once.Count(t => t.Kind == TouchKind.OrderRefunded);
        var answers = year.Once.Where(t => t is { Kind: TouchKind.SurveyAnswered, Survey: "nps" }).ToArray();
        var nps = (answers.Count(a => a.Score >= 9) - answers.Count(a => a.Score <= 6)) / (double)answers.Length;
        output.WriteLine($"""
            touches {year.Touches.Count}, people {people}, buyers {buyers.Length} ({buyers.Length / (double)people:P1}),
            orders {orders.Length}, revenue {orders.Sum(o => o.Amount) / 100:N0}, average {orders.Average(o => o.Amount) / 100:N2},
            repeat {repeaters / (double)buyers.Length:P1}, loyal {loyal / (double)buyers.Length:P1},
            refunds {refunds / (double)orders.Length:P1}, nps {nps:P0} of {answers.Length}
            """);
        foreach (var kind in year.Touches.GroupBy(t => t.Kind))
            output.WriteLine($"{kind.Key} {kind.Count()}");

        Assert.InRange(buyers.Length / (double)people, 0.03, 0.07);
        Assert.InRange(repeaters / (double)buyers.Length, 0.35, 0.45);
        Assert.InRange(loyal / (double)buyers.Length, 0.05, 0.20);
        Assert.InRange(refunds / (double)orders.Length, 0.02, 0.08);
        Assert.InRange(orders.Average(o => o.Amount), 5_000, 12_000);
        Assert.InRange(nps, 0.1, 0.5);
    }

    [Fact]
    public void FullSize_IsAboutEightHundredThousandEvents()
    {
        var perCustomer = year.Touches.Count / (double)year.Shop.Customers;
        Assert.InRange(perCustomer * new DemoOptions().Customers, 750_000, 850_000);
    }

    [Fact]
    public void Channels_DifferInRepeatRate()
    {
        var rates = Repeats(o => o.Person.Channel.Name);
        output.WriteLine(string.Join(", ", rates.Select(r => $"{r.Key} {r.Value:P0}")));
        Assert.True(rates["direct"] > rates["paid_social"] + 0.08);
    }

    [Fact]
    public void CarrierFailure_LowersTheRepeatRateOfItsCohort()
    {
        var rates = Repeats(o => year.History.IsCarrierFailing(o.At) ? "failing"
            : year.History.IsCarrierFailing(o.At + (60 * History.Day)) ? "before" : "other");
        output.WriteLine(string.Join(", ", rates.Select(r => $"{r.Key} {r.Value:P0}")));
        Assert.True(rates["failing"] < rates["before"] * 0.75);
    }

    [Fact]
    public void Campaigns_OneLosesMoney_OthersEarn()
    {
        var cost = CampaignCost.Of(year.History, year.Shop).GroupBy(c => c.Campaign.Name)
            .ToDictionary(g => g.Key, g => g.Sum(c => c.CostMinor));
        // First touch: everything a customer buys in the year is the campaign's that brought them.
        var margin = year.Once.Where(t => t.Kind == TouchKind.OrderCompleted && t.Person.Campaign is not null)
            .GroupBy(t => t.Person.Campaign!.Name)
            .ToDictionary(g => g.Key, g => g.Sum(t => t.Amount * (1 - Catalogue.CostShare)));
        foreach (var (name, spent) in cost)
            output.WriteLine($"{name}: cost {spent / 100:N0}, margin {margin.GetValueOrDefault(name) / 100:N0}, roi {(margin.GetValueOrDefault(name) - spent) / spent:P0}");

        Assert.True(margin["summer-influencers"] < cost["summer-influencers"] * 0.6);
        Assert.True(margin["brand-search"] > cost["brand-search"] * 1.5);
        Assert.True(margin.Values.Sum() > cost.Values.Sum());
    }

    [Fact]
    public void EveryKindOfTouch_Happens() =>
        Assert.Empty(Enum.GetValues<TouchKind>().Except(year.Touches.Select(t => t.Kind)));

    private Dictionary<string, double> Repeats(Func<Touch, string> groupOfFirstOrder) =>
        year.Once.Where(t => t.Kind == TouchKind.OrderCompleted)
            .GroupBy(t => t.Person.Id)
            .GroupBy(orders => groupOfFirstOrder(orders.MinBy(o => o.At)))
            .ToDictionary(g => g.Key, g => g.Count(orders => orders.Count() > 1) / (double)g.Count());

    public sealed class OneYear
    {
        public OneYear()
        {
            Shop = Some.Shop(4_000);
            History = Some.History();
            Touches = [.. new World(History, Shop).Touches()];
            Once = [.. Touches.DistinctBy(t => (t.Person.Id, t.Ordinal))];
        }

        internal DemoOptions Shop { get; }

        internal History History { get; }

        internal IReadOnlyList<Touch> Touches { get; }

        /// <summary>Without what was sent twice.</summary>
        internal IReadOnlyList<Touch> Once { get; }
    }
}
