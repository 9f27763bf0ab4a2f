using System.Globalization;
using System.Text.RegularExpressions;

namespace LifecycleMetrics.Sql.Tests.Examples;

/// <summary>
/// An event as an example writes it: <c>2025-01-03 12:00 ana Order Completed 30.00 EUR order=o1 channel=email # effect</c>.
/// Times are UTC, noon if left out; <c>~tablet</c> is an anonymous subject; the currency is USD if left out. Keys:
/// id, received, order, cost (of the order), device (anonymous id of a known subject), source, channel, campaign, country and
/// account; all others become properties, or traits of an Identified event.
/// </summary>
internal sealed partial record ExampleEvent(
    DateTime OccurredAt, string Subject, string Event, decimal? Amount, string Currency, IReadOnlyDictionary<string, string> Keys)
{
    /// <summary>Keys that have a column of their own.</summary>
    public static readonly IReadOnlySet<string> Columns = new HashSet<string>
    {
        "id", "received", "order", "cost", "device", "source", "channel", "campaign", "country", "account",
    };

    /// <summary>The events of a block, one per line; empty lines and comments are left out.</summary>
    public static IReadOnlyList<ExampleEvent> ParseAll(string block) => [.. Lines(block).Select(Parse)];

    /// <summary>The lines of a block without comments.</summary>
    public static IEnumerable<string> Lines(string block) =>
        block.Split('\n').Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0);

    /// <summary>Minor units of an amount in a currency with two decimals.</summary>
    public static long Minor(decimal amount) => (long)(amount * 100);

    private static ExampleEvent Parse(string line)
    {
        var match = Pattern().Match(line);
        if (!match.Success) throw new FormatException($"'{line}' is not an event: date [time] subject Event [amount [currency]] [key=value …]");
        var keys = match.Groups["pairs"].Value
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return new ExampleEvent(
            Instant(match.Groups["date"].Value, match.Groups["time"].Value),
            match.Groups["subject"].Value,
            match.Groups["event"].Value,
            match.Groups["amount"] is { Success: true } amount ? decimal.Parse(amount.Value, CultureInfo.InvariantCulture) : null,
            match.Groups["currency"] is { Success: true } currency ? currency.Value : "USD",
            keys);
    }

    private static DateTime Instant(string date, string time) => DateTime.Parse(
        $"{date} {(time.Length == 0 ? "12:00" : time)}",
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    [GeneratedRegex(
        """
        ^(?<date>\d{4}-\d\d-\d\d)(\ (?<time>\d\d:\d\d(:\d\d(\.\d+)?)?))?
        \ +(?<subject>[~a-z]\S*)
        \ +(?<event>[A-Z][A-Za-z]*(\ [A-Z][A-Za-z]*?[a-z])*)
        (\ +(?<amount>\d+(\.\d+)?)(\ (?<currency>[A-Z]{3}))?)?
        (?<pairs>(\ +[a-z_]+=\S+)*)$
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
