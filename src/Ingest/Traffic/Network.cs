using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace LifecycleMetrics.Ingest.Traffic;

/// <summary>A range of addresses in CIDR notation, or a single one.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct Network
{
    private readonly UInt128 _prefix;
    private readonly UInt128 _mask;

    private Network(UInt128 address, int length)
    {
        _mask = length == 0 ? UInt128.Zero : UInt128.MaxValue << (AddressNumber.Bits - length);
        _prefix = address & _mask;
    }

    public bool Contains(UInt128 address) => (address & _mask) == _prefix;

    public static Network Parse(string text) => TryParse(text, out var network)
        ? network.Value
        : throw new FormatException($"'{text}' is no network in CIDR notation.");

    public static bool TryParse(string text, [NotNullWhen(true)] out Network? network)
    {
        network = null;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address))
            return false;
        var bits = address.AddressFamily == AddressFamily.InterNetwork ? 32 : AddressNumber.Bits;
        var length = bits;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > bits))
            return false;
        network = new Network(AddressNumber.Of(address), AddressNumber.Bits - bits + length);
        return true;
    }
}
