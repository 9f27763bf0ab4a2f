using System.Globalization;

namespace LifecycleMetrics.Sql.Tests.Examples;

/// <summary>A campaign's cost as an example writes it: <c>2025-01-03 ads paid_search spring 12.00 USD</c>.</summary>
internal sealed record ExampleCost(
    DateOnly Date, string Source, string Channel, string Campaign, decimal Amount, string Currency)
{
    public static IReadOnlyList<ExampleCost> ParseAll(string block) => [.. ExampleEvent.Lines(block).Select(Parse)];

    private static ExampleCost Parse(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 6) throw new FormatException($"'{line}' is not a cost: date source channel campaign amount currency");
        return new ExampleCost(
            DateOnly.Parse(words[0], CultureInfo.InvariantCulture),
            words[1],
            words[2],
            words[3],
            decimal.Parse(words[4], CultureInfo.InvariantCulture),
            words[5]);
    }
}
