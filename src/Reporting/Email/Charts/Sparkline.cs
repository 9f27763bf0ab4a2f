namespace LifecycleMetrics.Reporting.Email.Charts;

/// <summary>Draws a series as a small line with the area below it and a dot on its last value.</summary>
public static class Sparkline
{
    // Shades between background and line make its edge smooth; the area has its own colour.
    private const int Shades = 32;
    private const byte Area = Shades;
    private const byte FirstOverArea = Shades + 1;

    /// <param name="values">Oldest first; null leaves a gap.</param>
    /// <param name="width">Pixels; drawn at twice the size it is shown at, it is sharp on fine screens too.</param>
    /// <param name="height">Pixels.</param>
    public static byte[] Draw(IReadOnlyList<double?> values, int width, int height, PaletteColor line)
    {
        ArgumentNullException.ThrowIfNull(values);
        var image = new PaletteImage(width, height, Palette(line));
        var margin = height / 8.0;
        var heights = Points(values, width, height, margin);
        for (var x = 0; x < width; x++)
        {
            if (HeightAt(heights, x) is not { } y) continue;

            // A steep line covers more of a column than a flat one.
            var slope = (HeightAt(heights, x + 1) ?? y) - (HeightAt(heights, x - 1) ?? y);
            var half = height / 32.0 * Math.Sqrt(1 + (slope * slope / 4));
            for (var row = 0; row < height; row++) SetLine(image, x, row, Math.Abs(row - y) - half, row > y);
        }

        if (heights is [.., { } last]) DrawDot(image, last.X, last.Y, height / 12.0);
        return PngWriter.Write(image);
    }

    private static List<PaletteColor> Palette(PaletteColor line)
    {
        var white = new PaletteColor(255, 255, 255);
        var area = white.Mix(line, 0.12);
        var colors = new List<PaletteColor>();
        for (var i = 0; i < Shades; i++) colors.Add(white.Mix(line, i / (Shades - 1.0)));
        colors.Add(area);
        for (var i = 0; i < Shades; i++) colors.Add(area.Mix(line, i / (Shades - 1.0)));
        return colors;
    }

    private static List<(double X, double Y)?> Points(IReadOnlyList<double?> values, int width, int height, double margin)
    {
        var known = values.Where(value => value is not null).Select(value => value!.Value).ToList();
        var points = new List<(double X, double Y)?>();
        if (known.Count == 0) return points;
        var (low, high) = (known.Min(), known.Max());
        var step = values.Count > 1 ? (width - 1 - (2 * margin)) / (values.Count - 1) : 0;
        for (var i = 0; i < values.Count; i++)
        {
            // A flat series runs through the middle.
            var share = high > low ? (values[i] - low) / (high - low) : values[i] is null ? null : 0.5;
            points.Add(share is { } known1 ? (margin + (i * step), height - 1 - margin - (known1 * (height - 1 - (2 * margin)))) : null);
        }

        return points;
    }

    private static double? HeightAt(List<(double X, double Y)?> points, double x)
    {
        for (var i = 1; i < points.Count; i++)
        {
            if (points[i - 1] is { } from && points[i] is { } to && x >= from.X && x <= to.X)
            {
                return from.Y + ((to.Y - from.Y) * (x - from.X) / (to.X - from.X));
            }
        }

        return null;
    }

    private static void SetLine(PaletteImage image, int x, int y, double outside, bool isBelow)
    {
        var cover = Math.Clamp(0.5 - outside, 0, 1);
        var shade = (byte)Math.Round(cover * (Shades - 1));
        if (isBelow) image.Set(x, y, shade == 0 ? Area : (byte)(FirstOverArea + shade));
        else if (shade > 0) image.Set(x, y, shade);
    }

    private static void DrawDot(PaletteImage image, double centerX, double centerY, double radius)
    {
        for (var y = (int)(centerY - radius) - 1; y <= centerY + radius + 1; y++)
        {
            for (var x = (int)(centerX - radius) - 1; x <= centerX + radius + 1; x++)
            {
                var distance = Math.Sqrt(((x - centerX) * (x - centerX)) + ((y - centerY) * (y - centerY)));
                if (distance <= radius) image.Set(x, y, Shades - 1);
            }
        }
    }
}
