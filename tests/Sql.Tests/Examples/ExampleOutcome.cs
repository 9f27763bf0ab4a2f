using System.Globalization;

namespace LifecycleMetrics.Sql.Tests.Examples;

/// <summary>
/// A count of events as an example writes it: minute, source, outcome, reason or -, run of the server, count:
/// <c>2025-01-05T10:00:00Z web rejected missing_id run1 2</c>. The key has the name of the source.
/// </summary>
internal sealed record ExampleOutcome(string Minute, string Source, string Outcome, string Reason, string RunId, long Count)
{
    public static IReadOnlyList<ExampleOutcome> ParseAll(string block) => [.. ExampleEvent.Lines(block).Select(Parse)];

    private static ExampleOutcome Parse(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 6) throw new FormatException($"'{line}' is not a count: minute source outcome reason run count");
        return new ExampleOutcome(
            words[0], words[1], words[2], words[3] == "-" ? "" : words[3], words[4], long.Parse(words[5], CultureInfo.InvariantCulture));
    }
}
