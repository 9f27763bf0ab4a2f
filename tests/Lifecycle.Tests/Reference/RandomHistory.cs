using System.Globalization;
using LifecycleMetrics.Lifecycle.Tests.Support;

namespace LifecycleMetrics.Lifecycle.Tests.Reference;

/// <summary>
/// Small random worlds of three users and two devices, with everything that goes wrong in real streams: the same instant
/// twice, long silences, merges, orders reported twice and by others, refunds in parts, too large, early, or of no order.
/// </summary>
internal sealed class RandomHistory(int seed)
{
    private static readonly string[] Names =
    [
        "Ad Impression", "Page Viewed", "Page Viewed", "Email Opened", "Email Sent", "Signed Up", "Product Viewed", "Product Added",
        "Referral Sent", "Loyalty Points Redeemed", "Survey Answered", "Support Case Opened", "Contract Signed",
    ];

    private readonly Random _random = new(seed);

    /// <summary>The touchpoints, in random order and some of them twice.</summary>
    public IReadOnlyList<Touch> Touches()
    {
        var touches = new List<Touch>();
        var count = _random.Next(1, 30);
        for (var i = 0; i < count; i++)
        {
            touches.Add(Next(i));
        }

        touches.AddRange(touches.Where(_ => _random.Next(8) == 0).ToArray());
        return [.. touches.OrderBy(_ => _random.Next())];
    }

    private Touch Next(int number)
    {
        var touch = Someone(new Touch(Id("e", number), Instant(), Pick(Names))
        {
            Channel = Pick(["", "", "email", "paid_search"]),
            Campaign = Pick(["", "spring"]),
            Country = Pick(["", "", "ES", "IT"]),
            Source = Pick(["web", "shop"]),
            IsBot = _random.Next(40) == 0,
        });
        return _random.Next(10) switch
        {
            < 3 => touch with
            {
                Event = "Order Completed",
                OrderId = _random.Next(20) == 0 ? "" : Id("o", _random.Next(6)),
                RevenueMinor = Pick<long?>([1000, 1000, 2500, 0, null]),
            },
            3 => touch with
            {
                Event = "Order Refunded",
                OrderId = Id("o", _random.Next(7)),
                RevenueMinor = Pick<long?>([null, 1000, 400, 9000, 2500]),
            },
            4 => touch with { Event = "Survey Answered", Survey = Pick(["nps", "csat"]), Score = _random.Next(11) },
            5 => touch with { Event = "Identified", Type = "identify", Persona = Pick(["explorer", "loyalist", ""]) },
            6 when touch.UserId.Length > 0 => touch with
            {
                Event = "Aliased",
                Type = "alias",
                AnonymousId = "",
                PreviousId = Id("d", _random.Next(2)),
            },
            7 => touch with { Event = "Grouped", Type = "group", AccountId = Id("c", _random.Next(2)) },
            8 => _random.Next(3) switch
            {
                0 => touch with { Event = "Account Removed User", AccountId = Pick(["", Id("c", 0), Id("c", 1)]) },
                1 => touch with { AccountId = Id("c", _random.Next(2)) },
                _ => touch,
            },
            _ => touch,
        };
    }

    private Touch Someone(Touch touch) => _random.Next(10) switch
    {
        < 5 => touch with { UserId = Id("u", _random.Next(3)) },
        < 9 => touch with { AnonymousId = Id("d", _random.Next(2)) },
        _ => touch with { UserId = Id("u", _random.Next(3)), AnonymousId = Id("d", _random.Next(2)) },
    };

    // Few different instants, so that several things happen at once, and gaps around the lapse windows of 180 and 270 days.
    private DateTime Instant() => Some.Day(Pick([0d, 30, 90, 180, 270]) + Pick([0d, 0.25, 1, 179, 180, 181, 360, 450]));

    private string Id(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{seed}-{number}");

    private T Pick<T>(T[] values) => values[_random.Next(values.Length)];
}
