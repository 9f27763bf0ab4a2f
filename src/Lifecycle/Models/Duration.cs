using System.Globalization;

namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>Windows in model files: whole days or weeks, such as <c>180d</c> or <c>26w</c>; a day is 24 hours.</summary>
public static class Duration
{
    /// <summary>Longest window, in days.</summary>
    public const int MaximumDays = 36_500;

    /// <summary>Reads a window; false if the text isn't one, is zero or is longer than <see cref="MaximumDays"/>.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length < 2
            || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        var days = text[^1] switch { 'd' => count, 'w' => count * 7L, _ => 0 };
        duration = TimeSpan.FromDays(Math.Min(days, MaximumDays));
        return days is > 0 and <= MaximumDays;
    }
}
