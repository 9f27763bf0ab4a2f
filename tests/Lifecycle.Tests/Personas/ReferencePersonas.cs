using LifecycleMetrics.Lifecycle.Tests.Reference;
using LifecycleMetrics.Lifecycle.Tests.Support;

namespace LifecycleMetrics.Lifecycle.Tests.Personas;

/// <summary>Who is which persona at an instant, asked of each instant on its own, by docs/lifecycle.md and personas.yaml of the tests.</summary>
internal sealed class ReferencePersonas(IEnumerable<Touch> touches, DateTime asOf)
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    private static readonly (string Persona, TimeSpan? For)[] ByRank =
        [("regular", TimeSpan.FromDays(200)), ("shopper", TimeSpan.FromDays(30)), ("visitor", null)];

    /// <summary>The memberships of all subjects that begin by T.</summary>
    public IEnumerable<Membership> Memberships() => new ReferenceLifecycle(touches, asOf).Subjects
        .SelectMany(subject => MembershipsOf(subject.Key, [.. WithoutSecondReports(subject)]))
        .Where(membership => membership.From <= asOf);

    private static IEnumerable<Touch> WithoutSecondReports(IEnumerable<Touch> subject) => subject
        .GroupBy(touch => touch.Event == "Order Completed" && touch.OrderId.Length > 0 ? "o " + touch.OrderId : "e " + touch.EventId)
        .Select(reports => reports.First())
        .OrderBy(touch => touch.At).ThenBy(touch => touch.EventId, StringComparer.Ordinal);

    private static IEnumerable<Membership> MembershipsOf(string subject, Touch[] life)
    {
        var turns = life
            .SelectMany(touch => ByRank.Select(rule => touch.At + (rule.For ?? TimeSpan.Zero)).Append(touch.At).Append(UntilOf(touch) ?? touch.At))
            .Distinct()
            .Order()
            .ToArray();
        Membership? current = null;
        foreach (var at in turns)
        {
            var (persona, origin) = At(life, at);
            if (current?.Persona == persona && current.Origin == origin)
            {
                continue;
            }

            if (current is { Persona.Length: > 0 })
            {
                yield return current with { Until = at };
            }

            current = new Membership(subject, persona, origin, at, null);
        }

        if (current is { Persona.Length: > 0 })
        {
            yield return current;
        }
    }

    private static (string Persona, string Origin) At(Touch[] life, DateTime at)
    {
        var past = life.Where(touch => touch.At <= at).ToArray();
        var declaration = past.LastOrDefault(touch => touch.Event == "Persona Assigned" || touch.Persona.Length > 0);
        if (declaration is not null && PersonaOf(declaration).Length > 0 && !(UntilOf(declaration) <= at))
        {
            return (PersonaOf(declaration), "declared");
        }

        var made = ByRank.FirstOrDefault(rule => past.Any(touch => at < touch.At + (rule.For ?? TimeSpan.FromDays(36_500)) && Makes(rule.Persona, touch, past)));
        return made.Persona is null ? ("", "") : (made.Persona, "rule");
    }

    private static bool Makes(string persona, Touch touch, Touch[] past) => persona switch
    {
        "regular" => touch.Event == "Survey Answered" ? touch.Score >= 9 : IsOrder(touch) && past
            .TakeWhile(other => other != touch)
            .Any(other => IsOrder(other) && other.At > touch.At - Year),
        "shopper" => touch.Event is "Product Viewed" or "Product Added",
        _ => touch.Event == "Page Viewed",
    };

    private static bool IsOrder(Touch touch) => touch.Event == "Order Completed" && touch.RevenueMinor > 0;

    private static string PersonaOf(Touch touch) =>
        touch.Persona.Length > 0 ? touch.Persona : (string)touch.Properties.GetValueOrDefault("persona", "");

    private static DateTime? UntilOf(Touch touch) => touch.Properties.GetValueOrDefault("valid_until") is string until
        ? DateTime.Parse(until, null, System.Globalization.DateTimeStyles.AdjustToUniversal)
        : null;
}
