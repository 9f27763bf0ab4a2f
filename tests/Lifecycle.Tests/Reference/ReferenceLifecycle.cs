using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Tests.Support;

namespace LifecycleMetrics.Lifecycle.Tests.Reference;

/// <summary>
/// The lifecycle worked out in memory, one object and one loop at a time, written from docs/lifecycle.md and not from
/// the SQL. Takes touchpoints in any order.
/// </summary>
internal sealed class ReferenceLifecycle
{
    private static readonly HashSet<string> Received =
    [
        "Ad Impression", "Email Sent", "Email Delivered", "Email Bounced", "Push Notification Sent", "Survey Sent", "SMS Sent",
        "Order Refunded", "Support Case Resolved", "Loyalty Points Expired", "Subscription Renewed",
    ];

    private readonly List<Touch> _touches;
    private readonly Dictionary<string, string> _subjectOfAlias;
    private readonly DateTime _asOf;
    private readonly TimeZoneInfo _zone;

    public ReferenceLifecycle(IEnumerable<Touch> touches, DateTime asOf, TimeZoneInfo? zone = null)
    {
        _asOf = asOf;
        _zone = zone ?? TimeZoneInfo.Utc;
        var all = touches.DistinctBy(touch => (touch.SubjectKey, touch.EventId)).ToList();
        _subjectOfAlias = all
            .Where(touch => touch.UserId.Length > 0 && AliasOf(touch).Length > 0)
            .GroupBy(AliasOf)
            .ToDictionary(
                links => "a:" + links.Key,
                links => links.OrderBy(touch => touch.At).ThenBy(touch => touch.SubjectKey, StringComparer.Ordinal).First().SubjectKey);
        _touches = [.. all.Where(touch => !touch.IsBot).OrderBy(touch => touch.At).ThenBy(touch => touch.EventId, StringComparer.Ordinal)];
        Orders = ReferenceOrder.From(_touches, SubjectOf);
    }

    /// <summary>All orders, in whatever state they end.</summary>
    public IReadOnlyList<ReferenceOrder> Orders { get; }

    /// <summary>The touchpoints of each subject in the order of their time and id, without those of bots.</summary>
    public IEnumerable<IGrouping<string, Touch>> Subjects => _touches.GroupBy(SubjectOf);

    /// <summary>The rows of int_order.</summary>
    public IEnumerable<Order> OrderRows() => Orders
        .Where(order => order.At <= _asOf)
        .Select(order => order.ToRow(_asOf))
        .OrderBy(order => order.OrderId, StringComparer.Ordinal);

    /// <summary>The rows of int_subject_day.</summary>
    public IEnumerable<string> Days() => Subjects
        .SelectMany(subject => ActiveDays(subject)
            .Where(day => day <= DayOf(_asOf))
            .Select(day => $"{subject.Key} {day:yyyy-MM-dd}"))
        .Order(StringComparer.Ordinal);

    /// <summary>The local days on which a subject did something itself, also those after T.</summary>
    public IEnumerable<DateOnly> ActiveDays(IEnumerable<Touch> subject) => subject.Where(IsActive).Select(touch => DayOf(touch.At)).Distinct();

    /// <summary>Whether the subject did this itself: no call about it, nothing done to it, no second report of an order.</summary>
    public bool IsActive(Touch touch) =>
        touch.Type is "track" or "page" or "screen" && !Received.Contains(touch.Event) && !IsRepeated(touch);

    /// <summary>The channel as sent, or what follows from the kind of event.</summary>
    public static string ChannelOf(Touch touch) => touch.Channel.Length > 0 ? touch.Channel
        : touch.Event.StartsWith("Email ", StringComparison.Ordinal) ? "email" : "direct";

    /// <summary>The rows of int_subject.</summary>
    public IEnumerable<string> SubjectRows() => Subjects
        .Where(subject => subject.First().At <= _asOf)
        .Select(subject =>
        {
            var first = subject.FirstOrDefault(touch => touch.Type is not ("identify" or "group" or "alias")) ?? subject.First();
            return string.Join(
                ' ',
                subject.Key,
                subject.LastOrDefault(touch => touch.Country.Length > 0)?.Country,
                subject.LastOrDefault(touch => touch.Persona.Length > 0)?.Persona,
                first.Source,
                ChannelOf(first),
                first.Campaign,
                $"{subject.First().At:yyyy-MM-dd HH:mm:ss.fff}",
                $"{subject.Last().At:yyyy-MM-dd HH:mm:ss.fff}",
                subject.Count());
        })
        .Order(StringComparer.Ordinal);

    /// <summary>The visits of every subject in a model, clipped at the as-of instant.</summary>
    public IEnumerable<Visit> Visits(LifecycleModel model)
    {
        foreach (var subject in Subjects)
        {
            var life = new ReferenceLife(model, subject.Key, Orders);
            foreach (var visit in life.Live([.. subject.Where(touch => !IsRepeated(touch))]))
            {
                if (visit.EnteredAt <= _asOf)
                {
                    yield return visit.ExitedAt <= _asOf ? visit : visit with { ExitedAt = null };
                }
            }
        }
    }

    public string SubjectOf(Touch touch) => _subjectOfAlias.GetValueOrDefault(touch.SubjectKey, touch.SubjectKey);

    public static bool IsReceived(string name) => Received.Contains(name);

    private DateOnly DayOf(DateTime instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(instant, _zone));

    private static string AliasOf(Touch touch) => touch.Type == "alias" ? touch.PreviousId : touch.AnonymousId;

    private bool IsRepeated(Touch touch) => touch.Event == "Order Completed"
        && !Orders.Any(order => order.IsOrder && order.EventId == touch.EventId && order.Subject == SubjectOf(touch));
}
