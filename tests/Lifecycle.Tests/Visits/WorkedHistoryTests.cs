using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Testing;
using static LifecycleMetrics.Lifecycle.Tests.Support.Some;

namespace LifecycleMetrics.Lifecycle.Tests.Visits;

/// <summary>Histories worked out by hand, in the model sterne-cutler (lapse after 180 days, loyalty 270).</summary>
public sealed class WorkedHistoryTests(EngineFixture engine, SharedLifecycle shared) : IClassFixture<SharedLifecycle>
{
    [Fact]
    public async Task Life_StepByStep_HasOneVisitPerStageAndThenLapses()
    {
        var (visits, touches) = await VisitsOfAsync(
            Page(0),
            Event("Signed Up", 1),
            Order("o1", 2),
            Order("o2", 10),
            Event("Referral Sent", 20));

        Assert.Equal(
            [
                new("u:ann", "reach", 1, 1, Day(0), Day(1), "", "first", 1, touches[0].EventId),
                new("u:ann", "acquisition", 2, 1, Day(1), Day(2), "reach", "forward", 1, touches[1].EventId),
                new("u:ann", "conversion", 3, 1, Day(2), Day(10), "acquisition", "forward", 1, touches[2].EventId),
                new("u:ann", "retention", 4, 1, Day(10), Day(20), "conversion", "forward", 1, touches[3].EventId),
                new("u:ann", "loyalty", 5, 1, Day(20), Day(290), "retention", "forward", 1, touches[4].EventId),
                new("u:ann", "lapsed", 0, 1, Day(290), null, "loyalty", "lapse", 1, ""),
            ],
            visits);
    }

    [Fact]
    public async Task Life_ThatMissesStages_SkipsAndSaysSo() => await AssertStepsAsync(
        ["0 first reach 1", "3 skip conversion 1", "183 lapse lapsed 1"],
        Page(0), Order("o1", 3));

    [Fact]
    public async Task Activity_OfAnEarlierStage_RenewsWithoutGoingBack() => await AssertStepsAsync(
        ["0 first conversion 1", "350 lapse lapsed 1"],
        Order("o1", 0), Page(170));

    [Fact]
    public async Task Return_JustBeforeTheLapse_StaysInTheLap() => await AssertStepsAsync(
        ["0 first reach 1", "359.5 lapse lapsed 1"],
        Page(0), Page(179.5));

    [Fact]
    public async Task Return_AtTheInstantOfTheLapse_BeginsANewLap() => await AssertStepsAsync(
        ["0 first reach 1", "180 lapse lapsed 1", "180 re-enter reach 2", "360 lapse lapsed 2"],
        Page(0), Page(180));

    [Fact]
    public async Task Return_AfterALapse_EntersTheLowestStageItMatches() => await AssertStepsAsync(
        ["0 first conversion 1", "180 lapse lapsed 1", "400 re-enter conversion 2", "401 forward retention 2", "581 lapse lapsed 2"],
        Order("o1", 0), Order("o2", 400), Order("o3", 401));

    [Fact]
    public async Task Refund_OfTheOnlyOrder_GoesBackToWhereTheOrderCameFrom()
    {
        var (visits, touches) = await VisitsOfAsync(Event("Signed Up", 0), Order("o1", 1, 900), Refund("o1", 5, 900));

        Assert.Equal(
            [
                new("u:ann", "acquisition", 2, 1, Day(0), Day(1), "", "first", 1, touches[0].EventId),
                new("u:ann", "conversion", 3, 1, Day(1), Day(5), "acquisition", "forward", 1, touches[1].EventId),
                new("u:ann", "acquisition", 2, 2, Day(5), Day(181), "conversion", "back", 1, touches[2].EventId),
                new("u:ann", "lapsed", 0, 1, Day(181), null, "acquisition", "lapse", 1, ""),
            ],
            visits);
    }

    [Fact]
    public async Task Refund_OfAnOrderThatBeganTheLap_GoesBackToTheFirstStage() => await AssertStepsAsync(
        ["0 first conversion 1", "5 back reach 1", "180 lapse lapsed 1"],
        Order("o1", 0), Refund("o1", 5));

    [Fact]
    public async Task Refund_OfPartOfAnOrder_LeavesTheConversion() => await AssertStepsAsync(
        ["0 first conversion 1", "180 lapse lapsed 1"],
        Order("o1", 0, 900), Refund("o1", 5, 899));

    [Fact]
    public async Task Refund_InParts_VoidsWithTheLastOne() => await AssertStepsAsync(
        ["0 first conversion 1", "6 back reach 1", "180 lapse lapsed 1"],
        Order("o1", 0, 900), Refund("o1", 5, 400), Refund("o1", 6, 500));

    [Fact]
    public async Task Refund_WhileAnotherOrderStands_ChangesNothing() => await AssertStepsAsync(
        ["0 first conversion 1", "1 forward retention 1", "181 lapse lapsed 1"],
        Order("o1", 0), Order("o2", 1), Refund("o1", 5));

    [Fact]
    public async Task Refund_AfterTheLapse_ChangesNothing() => await AssertStepsAsync(
        ["0 first conversion 1", "180 lapse lapsed 1"],
        Order("o1", 0), Refund("o1", 200));

    [Fact]
    public async Task Refund_BeforeTheNextOrder_IsNotCountedForNth() => await AssertStepsAsync(
        ["0 first conversion 1", "1 back reach 1", "2 skip conversion 1", "3 forward retention 1", "183 lapse lapsed 1"],
        Order("o1", 0), Refund("o1", 1), Order("o2", 2), Order("o3", 3));

    [Fact]
    public async Task FourthOrder_WithinAYear_IsLoyal_OutsideItIsNot()
    {
        await AssertStepsAsync(
            ["0 first conversion 1", "100 forward retention 1", "364 lapse lapsed 1", "364.5 re-enter conversion 2", "544.5 lapse lapsed 2"],
            Order("o1", 0), Order("o2", 100), Order("o3", 184), Order("o4", 364.5));
        await AssertStepsAsync(
            ["0 first conversion 1", "100 forward retention 1", "364.5 forward loyalty 1", "634.5 lapse lapsed 1"],
            Order("o1", 0), Order("o2", 100), Order("o3", 200), Order("o4", 364.5));
        await AssertStepsAsync(
            ["0 first conversion 1", "100 forward retention 1", "545 lapse lapsed 1"],
            Order("o1", 0), Order("o2", 100), Order("o3", 200), Order("o4", 365));
    }

    [Fact]
    public async Task TwoStepsAtOneInstant_AreTakenInTheOrderOfTheStages() => await AssertStepsAsync(
        ["0 first reach 1", "0 skip conversion 1", "0 forward retention 1", "180 lapse lapsed 1"],
        Order("o1", 0) with { EventId = "a" }, Order("o2", 0) with { EventId = "b" }, Page(0) with { EventId = "z" });

    [Fact]
    public async Task OneEvent_ThatMatchesTwoStages_TakesOneStep() => await AssertStepsAsync(
        ["0 first conversion 1", "1 forward retention 1", "2 forward loyalty 1", "272 lapse lapsed 1"],
        Order("o1", 0), Order("o2", 1), Event("Survey Answered", 2) with { Survey = "nps", Score = 9 });

    [Fact]
    public async Task Survey_OfAnotherKindOrScore_IsNoStep() => await AssertStepsAsync(
        ["0 first reach 1", "180 lapse lapsed 1"],
        Page(0),
        Event("Survey Answered", 1) with { Survey = "nps", Score = 8.9 },
        Event("Survey Answered", 2) with { Survey = "csat", Score = 10 },
        Event("Survey Answered", 3) with { Survey = "nps" });

    [Fact]
    public async Task WhatIsMerelyReceived_CountsOnlyUntilTheFirstAct() => await AssertStepsAsync(
        ["0 first reach 1", "110 forward acquisition 1", "290 lapse lapsed 1"],
        Event("Ad Impression", 0), Event("Ad Impression", 100), Event("Signed Up", 110), Event("Ad Impression", 200), Event("Ad Impression", 400));

    [Fact]
    public async Task SecondReportOfAnOrder_IsNoSecondOrder() => await AssertStepsAsync(
        ["0 first conversion 1", "180 lapse lapsed 1"],
        Order("o1", 0), Order("o1", 20));

    [Fact]
    public async Task FreeOrder_DoesNotConvert() => await AssertStepsAsync(
        ["0 first reach 1", "180 lapse lapsed 1"],
        Page(0), Order("o1", 1, 0));

    [Fact]
    public async Task Bots_HaveNoLife() => await AssertStepsAsync([], Page(0) with { IsBot = true });

    [Fact]
    public async Task AsOf_InThePast_ClipsVisits()
    {
        await using var database = await LifecycleDatabase.CreateAsync(engine, Day(10));
        await database.AddAsync(Page(0), Event("Signed Up", 10), Order("o1", 11));
        await database.RefreshAsync();

        var visits = await database.VisitsAsync();

        Assert.Equal(["reach", "acquisition"], visits.Select(visit => visit.Stage));
        Assert.Equal([Day(10), null], visits.Select(visit => visit.ExitedAt));
        Assert.Empty(await database.OrdersAsync());
    }

    private async Task AssertStepsAsync(string[] expected, params Touch[] touches)
    {
        var (visits, _) = await VisitsOfAsync(touches);
        Assert.Equal(expected, visits.Select(visit =>
            FormattableString.Invariant($"{(visit.EnteredAt - Day(0)).TotalDays} {visit.Direction} {visit.Stage} {visit.Lap}")));
    }

    // Each history gets a user and orders of its own, so that all tests can share one database.
    private async Task<(IReadOnlyList<Visit> Visits, Touch[] Touches)> VisitsOfAsync(params Touch[] touches)
    {
        var user = "user" + Guid.NewGuid().ToString("N");
        await shared.Database.AddAsync(touches.Reverse().Select(touch => touch with
        {
            UserId = user,
            OrderId = touch.OrderId.Length == 0 ? "" : user + touch.OrderId,
        }));
        await shared.Database.RefreshAsync();
        var visits = await shared.Database.VisitsAsync(subject: "u:" + user);
        return ([.. visits.Select(visit => visit with { Subject = "u:ann" })], touches);
    }
}
