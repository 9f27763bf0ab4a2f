using System.Globalization;

namespace LifecycleMetrics.Sql.Tests.Examples;

/// <summary>An exchange rate as an example writes it: <c>2025-01-03 EUR USD 1.10</c>, one EUR is 1.10 USD.</summary>
internal sealed record ExampleRate(DateOnly Date, string Currency, string QuoteCurrency, decimal Rate)
{
    public static IReadOnlyList<ExampleRate> ParseAll(string block) => [.. ExampleEvent.Lines(block).Select(Parse)];

    private static ExampleRate Parse(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 4) throw new FormatException($"'{line}' is not a rate: date currency quote-currency rate");
        return new ExampleRate(
            DateOnly.Parse(words[0], CultureInfo.InvariantCulture), words[1], words[2], decimal.Parse(words[3], CultureInfo.InvariantCulture));
    }
}
