using System.Net;
using System.Text;
using FsCheck.Xunit;
using LifecycleMetrics.Ingest.Traffic;

namespace LifecycleMetrics.Ingest.Tests.Traffic;

public sealed class AddressNumberTests
{
    [Property(MaxTest = 500)]
    public void EveryV4_IsReadAsDotNetReadsIt(uint bits) => AssertReadBack(new IPAddress(bits));

    [Property(MaxTest = 2_000)]
    public void EveryV6_IsReadAsDotNetReadsIt(ulong high, ulong low, byte zeros)
    {
        // Zeroed groups, so that every way of shortening comes up.
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, high);
        BitConverter.TryWriteBytes(bytes[8..], low);
        for (var group = 0; group < 8; group++)
        {
            if ((zeros >> group & 1) == 1)
                bytes.Slice(group * 2, 2).Clear();
        }

        AssertReadBack(new IPAddress(bytes));
    }

    [Theory]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("1::")]
    [InlineData("2001:DB8::1:2")]
    [InlineData("::ffff:192.0.2.1")]
    [InlineData("64:ff9b::192.0.2.33")]
    [InlineData("1:2:3:4:5:6:192.0.2.1")]
    public void Accepts_(string text)
    {
        Assert.True(AddressNumber.TryParse(Encoding.UTF8.GetBytes(text), out var number));
        Assert.Equal(AddressNumber.Of(IPAddress.Parse(text)), number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.04")]
    [InlineData("1.2..4")]
    [InlineData("1.2.3.4:80")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7::8")]
    [InlineData("12345::")]
    [InlineData("g::")]
    [InlineData("1:2:3:4:5:6:7:1.2.3.4")]
    [InlineData("::1.2.3.4:5")]
    [InlineData("fe80::1%eth0")]
    [InlineData("unknown")]
    public void Rejects_(string text) => Assert.False(AddressNumber.TryParse(Encoding.UTF8.GetBytes(text), out _));

    private static void AssertReadBack(IPAddress address)
    {
        Assert.True(AddressNumber.TryParse(Encoding.UTF8.GetBytes(address.ToString()), out var number), address.ToString());
        Assert.Equal(AddressNumber.Of(address), number);
    }
}
