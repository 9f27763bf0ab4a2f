using System.Globalization;
using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>One mail to one recipient, and what became of it up to T.</summary>
/// <param name="Origin">The report whose channel, campaign and source are those of the mail.</param>
/// <param name="SentAt">When it was sent: as reported first, else when it was first heard of.</param>
/// <param name="Reactions">What followed within 14 days and by T; what other clocks put before the sending followed at once.</param>
internal sealed record Mail(Touch Origin, DateTime SentAt, IReadOnlyList<(DateTime At, string Event)> Reactions)
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(14);

    /// <summary>Came back. Then it counts as sent and for nothing else.</summary>
    public bool IsBounced => Reactions.Any(reaction => reaction.Event == "Email Bounced");

    /// <summary>Arrived, as whatever is done with it shows.</summary>
    public bool IsDelivered => !IsBounced && Reactions.Count > 0;

    /// <summary>Clicks by people, unless it came back.</summary>
    public IEnumerable<DateTime> Clicks => Reactions.Where(reaction => Has("Email Clicked") && reaction.Event == "Email Clicked").Select(reaction => reaction.At);

    /// <summary>The mails sent to a subject by T.</summary>
    public static IEnumerable<Mail> Of(World world, Subject subject) => subject.Touches
        .Where(touch => touch.Event.StartsWith("Email ", StringComparison.Ordinal) && (IdOf(touch).Length > 0 || touch.Event == "Email Sent"))
        .GroupBy(touch => (IdOf(touch), IdOf(touch).Length > 0 ? "" : touch.EventId))
        .Select(reports => Of([.. reports], world.AsOf))
        .Where(mail => mail.SentAt <= world.AsOf);

    /// <summary>Whether one of these happened to it, and it did not come back.</summary>
    public bool Has(params ReadOnlySpan<string> events)
    {
        foreach (var name in events)
        {
            if (IsDelivered && Reactions.Any(reaction => reaction.Event == name)) return true;
        }

        return false;
    }

    private static Mail Of(Touch[] reports, DateTime asOf)
    {
        var origin = reports.FirstOrDefault(touch => touch.Event == "Email Sent") ?? reports[0];
        return new Mail(origin, origin.At,
        [
            .. reports.Where(touch => touch.Event != "Email Sent")
                .Select(touch => (At: touch.At > origin.At ? touch.At : origin.At, touch.Event))
                .Where(reaction => reaction.At <= origin.At + Window && reaction.At <= asOf),
        ]);
    }

    private static string IdOf(Touch touch) => Convert.ToString(touch.Properties.GetValueOrDefault("email_id"), CultureInfo.InvariantCulture) ?? "";
}
