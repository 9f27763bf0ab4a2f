namespace LifecycleMetrics.Ingest.Traffic;

/// <summary>The rules of the configuration, made ready: one instance for all requests, and nothing is allocated per event.</summary>
internal sealed class TrafficRules
{
    private readonly TrafficRule _bot;
    private readonly TrafficRule _internal;
    private readonly TrafficRule _test;
    private readonly UserAgentRules _userAgents;

    /// <param name="options">The conditions.</param>
    /// <param name="botUserAgents">Parts of user agents that mark machines, beside those of the conditions.</param>
    public TrafficRules(TrafficOptions options, IEnumerable<string> botUserAgents)
    {
        _bot = new TrafficRule(options.Bot);
        _internal = new TrafficRule(options.Internal);
        _test = new TrafficRule(options.Test);
        _userAgents = new UserAgentRules(
            [.. botUserAgents, .. options.Bot.UserAgents], options.Internal.UserAgents, options.Test.UserAgents);
        Needs = TrafficFields.UserAgent | _bot.Needs | _internal.Needs | _test.Needs;
    }

    /// <summary>The fields that any rule looks at; the others may be left out of the input.</summary>
    public TrafficFields Needs { get; }

    /// <summary>The flags of an event.</summary>
    public TrafficFlags Of(in TrafficInput input)
    {
        var flags = _userAgents.Of(input.UserAgent);
        if (Needs == TrafficFields.UserAgent)
            return flags;

        UInt128? address = (Needs & TrafficFields.Address) != TrafficFields.None ? AddressOf(input) : null;
        var host = PageHost.Of(input.PageUrl);
        if (_bot.Marks(input, address, host))
            flags |= TrafficFlags.Bot;
        if (_internal.Marks(input, address, host))
            flags |= TrafficFlags.Internal;
        if (_test.Marks(input, address, host))
            flags |= TrafficFlags.Test;
        return flags;
    }

    private static UInt128? AddressOf(in TrafficInput input)
    {
        if (!input.ContextIp.IsEmpty)
            return AddressNumber.TryParse(input.ContextIp, out var number) ? number : null;
        return input.ClientAddress is { } address ? AddressNumber.Of(address) : null;
    }
}
