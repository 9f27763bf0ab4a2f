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
        "Persona Assigned", "Account Removed User",
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
        _touches = [.. all.Where(touch => !touch.IsExcluded).Select(AsCounted).OrderBy(touch => touch.At).ThenBy(touch => touch.EventId, StringComparer.Ordinal)];
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

    /// <summary>Whether this says something about the subject, and is nothing it did or met with.</summary>
    public static bool IsStatement(Touch touch) =>
        touch.Type is "identify" or "group" or "alias" || touch.Event is "Persona Assigned" or "Account Removed User";

    /// <summary>The channel as sent, or what follows from the kind of event.</summary>
    public static string ChannelOf(Touch touch) => touch.Channel.Length > 0 ? touch.Channel
        : touch.Event.StartsWith("Email ", StringComparison.Ordinal) ? "email" : "direct";

    /// <summary>The rows of int_subject.</summary>
    public IEnumerable<string> SubjectRows() => Subjects
        .Where(subject => subject.First().At <= _asOf)
        .Select(subject =>
        {
            var first = subject.FirstOrDefault(touch => !IsStatement(touch)) ?? subject.First();
            return string.Join(
                ' ',
                subject.Key,
                subject.LastOrDefault(touch => touch.Country.Length > 0)?.Country,
                subject.LastOrDefault(touch => touch.Persona.Length > 0 && touch.At <= _asOf)?.Persona,
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
        var lives = model.Unit == LifecycleModel.OfAccounts
            ? _touches.GroupBy(AccountOf).Where(account => account.Key.Length > 0).Select(account => LiveAsAccount(model, account))
            : Subjects.Select(subject =>
                new ReferenceLife(model, subject.Key, Orders).Live([.. subject.Where(touch => !IsRepeated(touch))]));
        return lives
            .SelectMany(visits => visits)
            .Where(visit => visit.EnteredAt <= _asOf)
            .Select(visit => visit.ExitedAt <= _asOf ? visit : visit with { ExitedAt = null });
    }

    // The orders of an account are those its members placed as such.
    private IReadOnlyList<Visit> LiveAsAccount(LifecycleModel model, IGrouping<string, Touch> account)
    {
        var subject = "g:" + account.Key;
        var touches = account.Where(touch => !IsRepeated(touch)).ToArray();
        var orders = Orders
            .Where(order => order.IsOrder && touches.Any(touch =>
                touch.Event == "Order Completed" && touch.EventId == order.EventId && SubjectOf(touch) == order.Subject))
            .Select(order => order with { Subject = subject })
            .ToArray();
        return new ReferenceLife(model, subject, orders).Live(touches);
    }

    private string AccountOf(Touch touch)
    {
        if (touch.AccountId.Length > 0)
        {
            return touch.AccountId;
        }

        var before = _touches.Where(other => SubjectOf(other) == SubjectOf(touch) && other.At <= touch.At).ToList();
        var joined = before.FindLastIndex(other => other.Type == "group" && other.AccountId.Length > 0);
        if (joined < 0)
        {
            return "";
        }

        var account = before[joined].AccountId;
        var hasLeft = before.Skip(joined + 1).Any(other =>
            other.Event == "Account Removed User" && (other.AccountId.Length == 0 || other.AccountId == account));
        return hasLeft ? "" : account;
    }

    public string SubjectOf(Touch touch) => _subjectOfAlias.GetValueOrDefault(touch.SubjectKey, touch.SubjectKey);

    public static bool IsReceived(string name) => Received.Contains(name);

    // A mail that a machine opens or clicks in has been delivered, no more.
    private static Touch AsCounted(Touch touch) =>
        touch.Event is "Email Opened" or "Email Clicked" && touch.Properties.GetValueOrDefault("is_machine") is true
            ? touch with { Event = "Email Delivered" }
            : touch;

    private DateOnly DayOf(DateTime instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(instant, _zone));

    private static string AliasOf(Touch touch) => touch.Type == "alias" ? touch.PreviousId : touch.AnonymousId;

    private bool IsRepeated(Touch touch) => touch.Event == "Order Completed"
        && !Orders.Any(order => order.IsOrder && order.EventId == touch.EventId && order.Subject == SubjectOf(touch));
}
