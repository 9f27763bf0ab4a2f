using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using LifecycleMetrics.Lifecycle.Tests.Support;

namespace LifecycleMetrics.Oracle.Tests.Histories;

/// <summary>
/// Generates histories that hit the edges: local midnights at the ends of periods, days of 23 and 25 hours, the leap day, T,
/// the ends of windows, each also one millisecond before and after, and several events at one instant.
/// </summary>
internal static class HistoryGenerator
{
    // Most steps are none, so that instants meet; the others are the windows of models and KPIs.
    private static readonly double[] Steps =
        [0, 0, 0, 0, 0, 0, 0.01, 0.3, 1, 6, 7, 25, 29, 30, 30, 31, 89, 90, 90, 179, 180, 180, 181, 270, 365];

    private static readonly int[] Milliseconds = [0, 0, 0, 0, 0, 0, -1, 1];

    // Only more than a day is late.
    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.FromDays(1),
        TimeSpan.FromDays(1) + TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(40),
    ];

    private static readonly string[] Deeds =
    [
        "Page Viewed", "Page Viewed", "Ad Clicked", "Ad Impression", "Product Viewed", "Product Added", "Signed Up",
        "Email Sent", "Email Opened", "Email Clicked", "Referral Sent", "Review Submitted", "Contract Signed",
    ];

    /// <summary>Histories in a frame, and how a failing one is made smaller.</summary>
    public static Arbitrary<History> In(Frame frame) => Arb.From(Of(frame), HistoryShrinker.Smaller);

    /// <summary>Always the same histories for a frame and a seed.</summary>
    public static IReadOnlyList<History> Sample(Frame frame, int count, ulong seed) =>
        Of(frame).Sample(count, new Rnd(seed), 40);

    private static Gen<History> Of(Frame frame) =>
        from anchors in Gen.Elements(Anchors(frame)).ListOf(3)
        from size in Gen.Choose(3, 36)
        from numbered in Gen.CollectToList(Enumerable.Range(1, size), number => Numbered(number, anchors))
        from again in Gen.Elements(numbered.AsEnumerable()).ListOf(size / 8)
        from shuffled in Gen.Shuffle(numbered.Concat(again))
        from instalments in Gen.Elements(1, 1, 1, 2, 2, 3).ListOf(shuffled.Length)
        select new History(
        [
            .. shuffled.Zip(instalments, (touch, instalment) => new Arrival(instalment, touch)).OrderBy(arrival => arrival.Instalment),
        ]);

    private static Gen<Touch> Numbered(int number, IList<DateTime> anchors) =>
        from at in At(anchors)
        from who in Who()
        from what in What()
        from origin in From()
        from made in Gen.Frequency((40, Gen.Constant("")), (1, Gen.Elements("bot", "internal", "test")))
        from delay in Gen.Elements(Delays)
        from isUndated in Gen.Elements(false, false, false, true)
        select what with
        {
            EventId = string.Create(CultureInfo.InvariantCulture, $"e{number:00}"),
            At = at,
            UserId = who.User,
            AnonymousId = who.Device,
            Channel = origin.Channel,
            Campaign = origin.Campaign,
            Country = origin.Country,
            IsBot = made == "bot",
            IsInternal = made == "internal",
            IsTest = made == "test",
            ReceivedAt = at + delay,
            IsUndated = isUndated && delay == TimeSpan.Zero,
        };

    private static Gen<DateTime> At(IEnumerable<DateTime> anchors) =>
        from anchor in Gen.Elements(anchors)
        from step in Gen.Elements(Steps)
        from other in Gen.Elements(0, 0, 0, 1, 30, 90)
        from milliseconds in Gen.Elements(Milliseconds)
        select anchor.AddDays(step).AddDays(other).AddMilliseconds(milliseconds);

    private static Gen<(string User, string Device)> Who()
    {
        var user = Gen.Elements("ana", "ana", "ben", "cleo");
        var device = Gen.Elements("tablet", "phone");
        return Gen.Frequency(
            (6, user.Select(id => (id, ""))),
            (3, device.Select(id => ("", id))),
            (1, user.Zip(device)));
    }

    private static Gen<(string Channel, string Campaign, string Country)> From() =>
        from channel in Gen.Elements("", "", "email", "paid_search", "direct", "referral")
        from campaign in Gen.Elements("", "", "spring", "autumn")
        from country in Gen.Elements("", "", "ES", "IT")
        select (channel, campaign, country);

    private static Gen<Touch> What() => Gen.Frequency(
        (8, Gen.Elements(Deeds).Select(Track)),
        (6, Ordered()),
        (2, Refunded()),
        (1, from survey in Gen.Elements("nps", "csat") select Track("Survey Sent") with { Survey = survey }),
        (1, from survey in Gen.Elements("nps", "nps", "csat") from score in Gen.Choose(0, 10) select Track("Survey Answered") with { Survey = survey, Score = score }),
        (1, from persona in Gen.Elements("", "explorer", "loyalist") select Track("Identified") with { Type = "identify", Persona = persona }),
        (1, from persona in Gen.Elements("explorer", "loyalist") select Track("Persona Assigned") with { Persona = persona, Properties = Named(("persona", persona)) }),
        (2, Supported()),
        (1, Rewarded()),
        (4, Mailed()),
        (2, Recommended()),
        (2, Subscribed()));

    private static Gen<Touch> Ordered() =>
        from order in Gen.Choose(1, 9)
        from revenue in Gen.Elements<long?>(1000, 1000, 2500, 999, 1, 0, null)
        from cost in Gen.Elements<long?>(null, null, 300)
        from hasId in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
        let placed = Of("Order Completed", order)
        select placed with { OrderId = hasId ? placed.OrderId : "", RevenueMinor = revenue, CostMinor = cost };

    private static Gen<Touch> Refunded() =>
        from order in Gen.Choose(1, 10)
        from amount in Gen.Elements<long?>(null, 1000, 400, 9000, 2500)
        from refund in Gen.Elements("", "", "r1")
        select Of("Order Refunded", order) with { RevenueMinor = amount, RefundId = refund };

    private static Gen<Touch> Supported() =>
        from happened in Gen.Elements("Support Case Opened", "Support Case Opened", "Support Case Resolved", "Support Case Deflected", "Help Article Viewed")
        from number in Gen.Choose(1, 3)
        select Track(happened) with { Properties = new Dictionary<string, object> { ["case_id"] = Id("c", number) } };

    private static Gen<Touch> Rewarded() =>
        from happened in Gen.Elements("Loyalty Points Earned", "Loyalty Points Redeemed", "Loyalty Points Expired")
        from points in Gen.Elements(10, 100)
        select Track(happened) with { Properties = new Dictionary<string, object> { ["points"] = points } };

    // What is heard of a mail without saying of which is of none.
    private static Gen<Touch> Mailed() =>
        from happened in Gen.Elements(
            "Email Sent", "Email Sent", "Email Delivered", "Email Opened", "Email Clicked", "Email Clicked", "Email Bounced", "Email Unsubscribed", "Email Complained")
        from number in Gen.Elements(0, 1, 1, 2)
        from isMachine in Gen.Elements(false, false, true)
        select Track(happened) with { Properties = Named(("email_id", number > 0 ? Id("m", number) : null), ("is_machine", isMachine ? true : null)) };

    private static Gen<Touch> Recommended() =>
        from happened in Gen.Elements("Referral Sent", "Referral Accepted", "Signed Up", "Review Submitted")
        from code in Gen.Elements("", "r1")
        from stars in Gen.Elements<int?>(null, 2, 3, 4, 5)
        select Track(happened) with
        {
            Properties = Named(("referral_code", code.Length > 0 ? code : null), ("rating", happened == "Review Submitted" ? stars : null)),
        };

    private static Gen<Touch> Subscribed() =>
        from happened in Gen.Elements("Subscription Started", "Subscription Started", "Subscription Changed", "Subscription Cancelled", "Subscription Renewed")
        from number in Gen.Choose(1, 2)
        from mrr in Gen.Elements<int?>(10, 20, 20, 35, 0, null)
        from currency in Gen.Elements("", "", "", "EUR")
        select Track(happened) with
        {
            Properties = Named(("subscription_id", Id("s", number)), ("mrr", mrr), ("currency", currency.Length > 0 ? currency : null)),
        };

    // An order keeps its currency, whoever reports it.
    private static Touch Of(string happened, int order) => Track(happened) with
    {
        OrderId = Id("o", order),
        Currency = order switch { 8 => "EUR", 9 => "JPY", _ => "USD" },
    };

    private static Touch Track(string happened) => new("", default, happened) { Type = happened == "Page Viewed" ? "page" : "track" };

    private static Dictionary<string, object> Named(params (string Name, object? Value)[] properties) =>
        properties.Where(property => property.Value is not null).ToDictionary(property => property.Name, property => property.Value!);

    private static string Id(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number}");

    private static DateTime[] Anchors(Frame frame)
    {
        DateOnly[] days =
        [
            new(2024, 1, 1), new(2024, 1, 29), new(2024, 2, 29), new(2024, 3, 1), new(2024, 3, 10), new(2024, 3, 31), new(2024, 4, 1),
            new(2024, 6, 30), new(2024, 7, 1), new(2024, 10, 27), new(2024, 11, 3), new(2024, 12, 30),
        ];
        var midnights = days.Select(day => TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(TimeOnly.MinValue), frame.Zone));
        var clockChanges = new[] { new DateTime(2024, 3, 31, 1, 0, 0, DateTimeKind.Utc), new DateTime(2024, 10, 27, 0, 30, 0, DateTimeKind.Utc) };
        return
        [
            .. midnights, .. clockChanges, frame.AsOf, frame.LaterAsOf,
            .. new[] { 30, 90, 180, 365 }.Select(days => frame.AsOf.AddDays(-days)),
        ];
    }
}
