using System.Globalization;
using System.Text;

namespace LifecycleMetrics.Reporting.Email.Templates.Functions;

/// <summary>Date patterns with percent signs, as in C and Ruby: <c>%d %b %Y</c>.</summary>
internal static class DatePattern
{
    public const string Default = "%d %b %Y";

    /// <exception cref="FormatException">The pattern has an unknown directive.</exception>
    public static string Format(DateTimeOffset date, string pattern, CultureInfo culture)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i == pattern.Length - 1)
            {
                text.Append(pattern[i]);
                continue;
            }

            var directive = pattern[++i];

            // `%g` stands for the invariant culture from here on; alone, for the default pattern in it.
            if (directive == 'g')
            {
                culture = CultureInfo.InvariantCulture;
                if (pattern.Length == 2) return Format(date, Default, culture);
                continue;
            }

            text.Append(Directive(directive, date, culture));
        }

        return text.ToString();
    }

    /// <summary>The .NET pattern for parsing.</summary>
    public static string ToDotNet(string pattern)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i == pattern.Length - 1) text.Append('\\').Append(pattern[i]);
            else text.Append(ParseDirective(pattern[++i]));
        }

        return text.ToString();
    }

    private static string Directive(char directive, DateTimeOffset d, CultureInfo culture) => directive switch
    {
        'a' => d.ToString("ddd", culture),
        'A' => d.ToString("dddd", culture),
        'b' or 'h' => d.ToString("MMM", culture),
        'B' => d.ToString("MMMM", culture),
        'c' => Format(d, "%a %b %e %T %Y", culture),
        'C' => (d.Year / 100).ToString("00", culture),
        'd' => d.ToString("dd", culture),
        'D' => d.ToString("MM'/'dd'/'yy", culture),
        'e' => d.Day.ToString(culture).PadLeft(2),
        'F' => d.ToString("yyyy'-'MM'-'dd", culture),
        'H' => d.ToString("HH", culture),
        'I' => d.ToString("hh", culture),
        'j' => d.DayOfYear.ToString("000", culture),
        'k' => d.Hour.ToString(culture).PadLeft(2),
        'l' => d.ToString("%h", culture).PadLeft(2),
        'L' => d.ToString("fff", culture),
        'm' => d.ToString("MM", culture),
        'M' => d.ToString("mm", culture),
        'n' => "\n",
        'N' => d.ToString("fffffff", culture) + "00",
        'p' => d.ToString("tt", CultureInfo.InvariantCulture),
        'P' => d.Hour < 12 ? "am" : "pm",
        'r' => d.ToString("hh':'mm':'ss ", culture) + d.ToString("tt", CultureInfo.InvariantCulture),
        'R' => d.ToString("HH':'mm", culture),
        's' => d.ToUnixTimeSeconds().ToString(culture),
        'S' => d.ToString("ss", culture),
        't' => "\t",
        'T' => d.ToString("HH':'mm':'ss", culture),
        'u' => (d.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)d.DayOfWeek).ToString(culture),
        'U' => ((d.DayOfYear + 6 - (int)d.DayOfWeek) / 7).ToString("00", culture),
        'v' => d.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2) + d.ToString("'-'MMM'-'yyyy", CultureInfo.InvariantCulture).ToUpperInvariant(),
        'V' => ISOWeek.GetWeekOfYear(d.DateTime).ToString("00", culture),
        'W' => ((d.DayOfYear + 6 - (((int)d.DayOfWeek + 6) % 7)) / 7).ToString("00", culture),
        'w' => ((int)d.DayOfWeek).ToString(culture),
        'x' => d.ToString("d", culture),
        'X' => d.ToString("T", culture),
        'y' => d.ToString("yy", culture),
        'Y' => d.Year.ToString(culture),
        'Z' => d.ToString("zzz", culture),
        '%' => "%",
        _ => throw new FormatException($"`%{directive}` isn't a part of a date pattern"),
    };

    private static string ParseDirective(char directive) => directive switch
    {
        'a' => "ddd",
        'A' => "dddd",
        'b' or 'h' => "MMM",
        'B' => "MMMM",
        'd' => "dd",
        'e' => "%d",
        'F' => "yyyy'-'MM'-'dd",
        'H' => "HH",
        'k' => "%H",
        'I' => "hh",
        'm' => "MM",
        'M' => "mm",
        'p' => "tt",
        'S' => "ss",
        'T' => "HH':'mm':'ss",
        'y' => "yy",
        'Y' => "yyyy",
        'Z' => "zzz",
        '%' => "\\%",
        _ => throw new FormatException($"`%{directive}` can't be used to parse a date"),
    };
}
