namespace LifecycleMetrics.Reporting.Email.Charts;

/// <summary>A picture of at most 256 colours; one byte a pixel, row by row.</summary>
public sealed class PaletteImage(int width, int height, IReadOnlyList<PaletteColor> palette)
{
    private readonly byte[] _pixels = new byte[width * height];

    public int Width => width;

    public int Height => height;

    public IReadOnlyList<PaletteColor> Palette => palette;

    public ReadOnlySpan<byte> Row(int y) => _pixels.AsSpan(y * width, width);

    /// <summary>Sets a pixel; one outside the picture is left away.</summary>
    public void Set(int x, int y, byte color)
    {
        if (x >= 0 && x < width && y >= 0 && y < height) _pixels[(y * width) + x] = color;
    }
}
