using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace LifecycleMetrics.Ingest.Traffic;

/// <summary>Addresses as numbers of IPv6, those of IPv4 mapped into it, so that networks compare with one mask.</summary>
internal static class AddressNumber
{
    public const int Bits = 128;
    private const int MaxGroups = 8;
    private static readonly UInt128 MappedPrefix = (UInt128)0xFFFF << 32;

    public static UInt128 Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        return address.AddressFamily == AddressFamily.InterNetwork
            ? MappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(bytes[..length])
            : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>Reads an address as senders write it: four decimal numbers, or IPv6 text without a zone.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out UInt128 number)
    {
        number = default;
        if (text.IndexOf((byte)':') >= 0)
            return TryParseV6(text, out number);
        if (!TryParseV4(text, out var v4))
            return false;
        number = MappedPrefix | v4;
        return true;
    }

    private static bool TryParseV4(ReadOnlySpan<byte> text, out uint number)
    {
        number = 0;
        var parts = 0;
        foreach (var range in text.Split((byte)'.'))
        {
            var digits = text[range];
            // A leading zero means octal to some.
            if (++parts > 4 || digits.Length is 0 or > 3 || (digits.Length > 1 && digits[0] == (byte)'0'))
                return false;
            uint part = 0;
            foreach (var digit in digits)
            {
                if (digit is < (byte)'0' or > (byte)'9')
                    return false;
                part = (part * 10) + digit - '0';
            }

            if (part > byte.MaxValue)
                return false;
            number = (number << 8) | part;
        }

        return parts == 4;
    }

    private static bool TryParseV6(ReadOnlySpan<byte> text, out UInt128 number)
    {
        number = default;
        var gap = text.IndexOf("::"u8);
        if (gap < 0)
            return TryParseGroups(text, out number, out var all) && all == MaxGroups;
        if (!TryParseGroups(text[..gap], out var head, out var headGroups) || !TryParseGroups(text[(gap + 2)..], out number, out var tailGroups)
            || headGroups + tailGroups >= MaxGroups)
            return false;
        if (headGroups > 0)
            number |= head << (16 * (MaxGroups - headGroups));
        return true;
    }

    // The last groups may be written as an IPv4 address.
    private static bool TryParseGroups(ReadOnlySpan<byte> text, out UInt128 number, out int groups)
    {
        number = default;
        groups = 0;
        if (text.IsEmpty)
            return true;
        foreach (var range in text.Split((byte)':'))
        {
            var group = text[range];
            if (group.IndexOf((byte)'.') >= 0 && range.End.Equals(text.Length))
            {
                groups += 2;
                if (!TryParseV4(group, out var v4))
                    return false;
                number = (number << 32) | v4;
                return groups <= MaxGroups;
            }

            if (++groups > MaxGroups || group.Length is 0 or > 4
                || !System.Buffers.Text.Utf8Parser.TryParse(group, out ushort value, out var read, 'x') || read != group.Length)
                return false;
            number = (number << 16) | value;
        }

        return true;
    }
}
