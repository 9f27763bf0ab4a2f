using System.Text;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Tests.Spool;

public sealed class Crc32CTests
{
    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xE3069283u)] // the check value of CRC-32C
    [InlineData("The quick brown fox jumps over the lazy dog", 0x22620404u)]
    public void Of_KnownTexts_IsTheKnownValue(string text, uint crc) => Assert.Equal(crc, Crc32C.Of(Encoding.ASCII.GetBytes(text)));
}
