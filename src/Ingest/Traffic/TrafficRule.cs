using System.Text;

namespace LifecycleMetrics.Ingest.Traffic;

/// <summary>The conditions of one flag, all but those on user agents.</summary>
internal sealed class TrafficRule
{
    private readonly TextSet _userIds;
    private readonly byte[][] _emailDomains;
    private readonly Network[] _networks;
    private readonly byte[][] _hosts;
    private readonly TextSet _sources;
    private readonly byte[][] _environments;
    private readonly TextSet _keys;

    public TrafficRule(TrafficConditions conditions)
    {
        _userIds = new TextSet(conditions.UserIds);
        _emailDomains = Bytes(conditions.EmailDomains);
        _networks = [.. conditions.Networks.Select(Network.Parse)];
        _hosts = Bytes(conditions.Hosts);
        _sources = new TextSet(conditions.Sources);
        _environments = Bytes(conditions.Environments);
        _keys = new TextSet(conditions.Keys);
        Needs = (_userIds.IsEmpty ? TrafficFields.None : TrafficFields.UserId)
            | (_emailDomains.Length == 0 ? TrafficFields.None : TrafficFields.Email | TrafficFields.UserId)
            | (_networks.Length == 0 ? TrafficFields.None : TrafficFields.Address)
            | (_hosts.Length == 0 ? TrafficFields.None : TrafficFields.PageUrl)
            | (_sources.IsEmpty ? TrafficFields.None : TrafficFields.Source)
            | (_environments.Length == 0 ? TrafficFields.None : TrafficFields.Environment)
            | (_keys.IsEmpty ? TrafficFields.None : TrafficFields.KeyId);
    }

    public TrafficFields Needs { get; }

    public bool Marks(in TrafficInput input, UInt128? address, ReadOnlySpan<byte> host) =>
        Needs != TrafficFields.None
        && (_userIds.Contains(input.UserId)
            || HasDomain(input.Email)
            || HasDomain(input.UserId)
            || (address is { } number && IsInNetwork(number))
            || HasHost(host)
            || _sources.Contains(input.Source)
            || HasEnvironment(input.Environment)
            || _keys.Contains(input.KeyId));

    private bool HasDomain(ReadOnlySpan<byte> email)
    {
        var at = email.LastIndexOf((byte)'@');
        if (at < 0)
            return false;
        foreach (var domain in _emailDomains)
        {
            if (PageHost.IsOrIsBelow(email[(at + 1)..], domain))
                return true;
        }

        return false;
    }

    private bool IsInNetwork(UInt128 address)
    {
        foreach (var network in _networks)
        {
            if (network.Contains(address))
                return true;
        }

        return false;
    }

    private bool HasHost(ReadOnlySpan<byte> host)
    {
        if (host.IsEmpty)
            return false;
        foreach (var wanted in _hosts)
        {
            if (wanted.AsSpan().StartsWith("*."u8)
                ? PageHost.IsBelow(host, wanted.AsSpan(2))
                : Ascii.EqualsIgnoreCase(host, wanted))
                return true;
        }

        return false;
    }

    private bool HasEnvironment(ReadOnlySpan<byte> environment)
    {
        foreach (var wanted in _environments)
        {
            if (Ascii.EqualsIgnoreCase(environment, wanted))
                return true;
        }

        return false;
    }

    private static byte[][] Bytes(IEnumerable<string> texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
