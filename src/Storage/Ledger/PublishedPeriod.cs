using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace LifecycleMetrics.Storage.Ledger;

/// <summary>A period as the KPI views name it.</summary>
/// <param name="Grain">day, week, month, quarter or year.</param>
/// <param name="Start">First day.</param>
public sealed partial record PublishedPeriod(string Grain, DateOnly Start)
{
    /// <summary>The day after the last.</summary>
    public DateOnly End => Grain switch
    {
        "day" => Start.AddDays(1),
        "week" => Start.AddDays(7),
        "month" => Start.AddMonths(1),
        "quarter" => Start.AddMonths(3),
        _ => Start.AddYears(1),
    };

    /// <summary>Reads <c>2026</c>, <c>2026-Q3</c>, <c>2026-10</c>, <c>2026-10-31</c> or <c>week-of-2026-10-26</c>.</summary>
    /// <param name="text">The period.</param>
    /// <param name="weekStart">The day weeks begin on.</param>
    /// <param name="period">What was read.</param>
    public static bool TryParse(string text, DayOfWeek weekStart, [NotNullWhen(true)] out PublishedPeriod? period)
    {
        period = null;
        if (Pattern().Match(text) is not { Success: true } match)
            return false;
        int Number(string name) => int.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);
        if (match.Groups["date"].Success)
        {
            if (!DateOnly.TryParseExact(match.Groups["date"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return false;
            period = match.Groups["week"].Length == 0
                ? new PublishedPeriod("day", day)
                : new PublishedPeriod("week", day.AddDays(-((7 + (int)day.DayOfWeek - (int)weekStart) % 7)));
        }
        else if (match.Groups["quarter"].Success)
        {
            period = new PublishedPeriod("quarter", new DateOnly(Number("year"), (Number("quarter") * 3) - 2, 1));
        }
        else if (match.Groups["month"].Success)
        {
            period = new PublishedPeriod("month", new DateOnly(Number("year"), Number("month"), 1));
        }
        else
        {
            period = new PublishedPeriod("year", new DateOnly(Number("year"), 1, 1));
        }

        return true;
    }

    [GeneratedRegex(
        @"^((?<week>week-of-)?(?<date>\d{4}-\d\d-\d\d)|(?<year>[12]\d{3})(-(Q(?<quarter>[1-4])|(?<month>0[1-9]|1[0-2])))?)$",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Pattern();
}
