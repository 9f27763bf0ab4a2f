using LifecycleMetrics.Reporting.Email.Charts;

namespace LifecycleMetrics.Reporting.Tests.Email.Charts;

public sealed class SparklineTests
{
    private static readonly PaletteColor Blue = PaletteColor.Parse("#2563eb");

    public static TheoryData<double?[]> Series => new()
    {
        Array.Empty<double?>(),
        new double?[] { null, null },
        new double?[] { 5 },
        new double?[] { 5, 5, 5 },
        new double?[] { 1, null, 3 },
        new double?[] { -3, 0, 1e12 },
    };

    [Theory]
    [MemberData(nameof(Series))]
    public void Draw_AnySeries_GivesAPicture(double?[] values)
    {
        var png = Sparkline.Draw(values, 240, 64, Blue);
        Assert.Equal(240, png[19]);
        Assert.Equal(64, png[23]);
        Assert.True(png.Length < 3_000, $"{png.Length} bytes");
    }

    [Fact]
    public void Draw_TheSameTwice_GivesTheSameBytes() =>
        Assert.Equal(Sparkline.Draw([1, 2, 3], 240, 64, Blue), Sparkline.Draw([1, 2, 3], 240, 64, Blue));
}
