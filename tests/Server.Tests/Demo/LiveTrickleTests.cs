using LifecycleMetrics.Server.Demo;

namespace LifecycleMetrics.Server.Tests.Demo;

public sealed class LiveTrickleTests
{
    private static readonly DateTimeOffset Start = Some.End.AddDays(2);

    [Fact]
    public void Next_SameStart_GivesTheSameVisits() =>
        Assert.Equal(Visits(Start).Select(Key), Visits(Start).Select(Key));

    [Fact]
    public void Next_AnotherStart_GivesOtherPeople()
    {
        var strangers = Visits(Start).Where(t => t.Person.Kind == PersonKind.Visitor).Select(t => t.Person.AnonymousId);
        Assert.Empty(strangers.Intersect(Visits(Start.AddHours(1)).Select(t => t.Person.AnonymousId)));
    }

    [Fact]
    public void Next_Visits_KeepTheOrderOfTheirSteps()
    {
        foreach (var person in Visits(Start).Where(t => t.Kind is TouchKind.ProductAdded or TouchKind.OrderCompleted).GroupBy(t => t.Number))
            Assert.Equal(TouchKind.ProductAdded, person.First().Kind);
    }

    [Fact]
    public void Next_Mix_HoldsOrdersButMostlyVisits()
    {
        var touches = Visits(Start);
        Assert.InRange(touches.Count(t => t.Kind == TouchKind.OrderCompleted) / (double)touches.Count, 0.005, 0.05);
        Assert.Contains(touches, t => t.Kind == TouchKind.SignedUp && t.Person.Index >= 200);
    }

    private static (string, TouchKind, long, int) Key(Touch touch) => (touch.Person.Id, touch.Kind, touch.Number, touch.Ordinal);

    private static List<Touch> Visits(DateTimeOffset start)
    {
        var shop = Some.Shop(200);
        var trickle = new LiveTrickle(new Population(Some.History(), shop), shop, start);
        return [.. Enumerable.Range(0, 4_000).Select(i => trickle.Next(start.AddSeconds(i)))];
    }
}
