using System.IO.Hashing;

namespace LifecycleMetrics.Ingest.Traffic;

/// <summary>
/// The conditions on user agents. Looking for many parts in a text takes time and most events come from few user agents, so
/// the last seen are remembered, in a table of fixed size.
/// </summary>
internal sealed class UserAgentRules(IReadOnlyCollection<string> bot, IEnumerable<string> own, IEnumerable<string> test)
{
    private const int Slots = 1_024;
    private const int MaxRemembered = 512;

    private readonly UserAgentParts _bot = new(bot);
    private readonly UserAgentParts? _own = Parts(own);
    private readonly UserAgentParts? _test = Parts(test);
    private readonly Entry?[] _seen = new Entry?[Slots];

    public TrafficFlags Of(ReadOnlySpan<byte> userAgent)
    {
        if (userAgent.IsEmpty)
            return TrafficFlags.None;
        if (userAgent.Length > MaxRemembered)
            return Evaluate(userAgent);

        ref var slot = ref _seen[XxHash3.HashToUInt64(userAgent) & (Slots - 1)];
        var entry = Volatile.Read(ref slot);
        if (entry is null || !userAgent.SequenceEqual(entry.UserAgent))
        {
            entry = new Entry(userAgent.ToArray(), Evaluate(userAgent));
            Volatile.Write(ref slot, entry);
        }

        return entry.Flags;
    }

    private TrafficFlags Evaluate(ReadOnlySpan<byte> userAgent) =>
        (_bot.Contains(userAgent) ? TrafficFlags.Bot : TrafficFlags.None)
        | (_own?.Contains(userAgent) == true ? TrafficFlags.Internal : TrafficFlags.None)
        | (_test?.Contains(userAgent) == true ? TrafficFlags.Test : TrafficFlags.None);

    private static UserAgentParts? Parts(IEnumerable<string> parts) =>
        parts.Where(part => part.Length > 0).ToArray() is { Length: > 0 } given ? new UserAgentParts(given) : null;

    private sealed record Entry(byte[] UserAgent, TrafficFlags Flags);
}
