using System.Buffers;

namespace LifecycleMetrics.Ingest.Traffic;

/// <summary>Finds faults in <see cref="TrafficOptions"/>.</summary>
internal static class TrafficOptionsCheck
{
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("/:@*? ");

    public static void Check(TrafficOptions options, List<string> faults)
    {
        Check("Bot", options.Bot, faults);
        Check("Internal", options.Internal, faults);
        Check("Test", options.Test, faults);
    }

    private static void Check(string flag, TrafficConditions conditions, List<string> faults)
    {
        void Each(string name, IEnumerable<string> values, Func<string, bool> isRight, string advice)
        {
            foreach (var value in values.Where(value => !isRight(value)))
                faults.Add($"Ingest:Traffic:{flag}:{name} holds '{value}'; {advice}.");
        }

        Each("Networks", conditions.Networks, text => Network.TryParse(text, out _), "write a network as 192.0.2.0/24 or 2001:db8::/32");
        Each("EmailDomains", conditions.EmailDomains, IsDomain, "write a domain as shop.example");
        Each("Hosts", conditions.Hosts, text => IsDomain(text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text), "write a host as staging.shop.example or *.shop.example, without scheme and port");
        // The empty text would be in every user agent.
        foreach (var (name, values) in Texts(conditions))
            Each(name, values, text => text.Length > 0, "an empty text marks nothing");
    }

    private static (string Name, IList<string> Values)[] Texts(TrafficConditions conditions) =>
    [
        (nameof(conditions.UserAgents), conditions.UserAgents), (nameof(conditions.UserIds), conditions.UserIds),
        (nameof(conditions.Sources), conditions.Sources), (nameof(conditions.Environments), conditions.Environments),
        (nameof(conditions.Keys), conditions.Keys),
    ];

    private static bool IsDomain(string text) =>
        text.Length > 0 && !text.StartsWith('.') && !text.AsSpan().ContainsAny(NotInNames);
}
