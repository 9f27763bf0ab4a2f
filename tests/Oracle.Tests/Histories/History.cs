using System.Globalization;
using LifecycleMetrics.Lifecycle.Tests.Support;

namespace LifecycleMetrics.Oracle.Tests.Histories;

/// <summary>A small history: events of a few subjects, in the order in which they arrive, some of them twice.</summary>
internal sealed record History(IReadOnlyList<Arrival> Arrivals)
{
    /// <summary>How many instalments events arrive in; the database is brought up to date after each.</summary>
    public const int Instalments = 3;

    /// <summary>
    /// The events of the instalments up to one, with ids of their own and the number of the history as the source, so
    /// that many histories can be in one database and the rows of each be told apart.
    /// </summary>
    public IReadOnlyList<Touch> Touches(int number, int from, int to) =>
        [.. Arrivals.Where(arrival => arrival.Instalment >= from && arrival.Instalment <= to).Select(arrival => Own(arrival.Touch, number))];

    /// <summary>The same events once each, the latest first, in one instalment.</summary>
    public History AllAtOnce() => new(
    [
        .. Arrivals.Select(arrival => arrival with { Instalment = 1 })
            .DistinctBy(arrival => arrival.Touch.EventId)
            .OrderByDescending(arrival => arrival.Touch.At),
    ]);

    /// <summary>The source that the events of a history come from.</summary>
    public static string Source(int number) => string.Create(CultureInfo.InvariantCulture, $"h{number}");

    /// <summary>The history as a worked example, ready to be put into a .test.yaml.</summary>
    public override string ToString() => HistoryText.Of(this);

    private static Touch Own(Touch touch, int number)
    {
        var prefix = Source(number) + "-";
        return touch with
        {
            EventId = prefix + touch.EventId,
            UserId = Prefixed(touch.UserId),
            AnonymousId = Prefixed(touch.AnonymousId),
            OrderId = Prefixed(touch.OrderId),
            Source = Source(number),
        };

        string Prefixed(string id) => id.Length == 0 ? "" : prefix + id;
    }
}
