using System.Globalization;
using System.Text;
using LifecycleMetrics.Ingest.Importing;
using LifecycleMetrics.Ingest.Validation;

namespace LifecycleMetrics.Ingest.Rates;

/// <summary>
/// A file of exchange rates: CSV under the header <c>date,currency,rate</c>, with <c>quote_currency</c> where the rates are
/// not in the reporting currency.
/// </summary>
public sealed class FxRateFile
{
    private const int Digits = 12; // of fx_rate.rate
    private static readonly string[] Known = ["date", "currency", "quote_currency", "rate"];
    private static readonly string[] Needed = ["date", "currency", "rate"];

    private readonly List<FxRate> _rates = [];
    private readonly List<string> _faults = [];
    private readonly List<string> _columns = [];
    private readonly Dictionary<string, int> _positions = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _reportingCurrency;

    private FxRateFile(string reportingCurrency) => _reportingCurrency = reportingCurrency;

    /// <summary>The rates of the lines that are good.</summary>
    public IReadOnlyList<FxRate> Rates => _rates;

    /// <summary>What is wrong with the other lines, each with its number.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Reads to the end; never throws for what stands in the text.</summary>
    public static FxRateFile Read(TextReader text, string reportingCurrency)
    {
        ArgumentNullException.ThrowIfNull(text);
        var file = new FxRateFile(reportingCurrency);
        var lineNo = 0;
        while (text.ReadLine() is { } line)
        {
            lineNo++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (ColumnSplitter.Split(line, ',', file._columns) != SplitOutcome.Complete)
                file._faults.Add($"line {lineNo}: a quote is not closed, or followed by more than a comma");
            else if (file._positions.Count > 0)
                file.ReadRate(lineNo);
            else if (!file.ReadHeader(lineNo))
                break;
        }

        return file;
    }

    private bool ReadHeader(int lineNo)
    {
        for (var i = 0; i < _columns.Count; i++)
        {
            var name = _columns[i].Trim().TrimStart('\uFEFF');
            // A column that is passed over may be a misspelt quote_currency, and its rates those of another currency.
            if (!Known.Contains(name, StringComparer.OrdinalIgnoreCase) || !_positions.TryAdd(name, i))
                return Fault($"line {lineNo}: the column '{name}' is not known or there twice");
        }

        return Needed.FirstOrDefault(name => !_positions.ContainsKey(name)) is not { } missing
            || Fault($"line {lineNo}: the column '{missing}' is missing");

        bool Fault(string fault)
        {
            _faults.Add($"{fault}; write the header as {string.Join(',', Known)}, quote_currency may be left out.");
            return false;
        }
    }

    private void ReadRate(int lineNo)
    {
        if (_columns.Count != _positions.Count)
        {
            _faults.Add($"line {lineNo}: it has {_columns.Count} columns, the header {_positions.Count}");
            return;
        }

        var currency = Code("currency");
        var quoteCurrency = _positions.ContainsKey("quote_currency") ? Code("quote_currency") : _reportingCurrency;
        if (!DateOnly.TryParseExact(Column("date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || date.Year is < 1970 or > 2148)
            _faults.Add($"line {lineNo}: '{Column("date")}' is no day such as 2026-01-31");
        else if (!IsCurrency(currency) || !IsCurrency(quoteCurrency))
            _faults.Add($"line {lineNo}: '{(IsCurrency(currency) ? quoteCurrency : currency)}' is no currency code of ISO 4217");
        else if (currency == quoteCurrency)
            _faults.Add($"line {lineNo}: {currency} in {quoteCurrency} needs no rate");
        else if (!decimal.TryParse(Column("rate"), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var rate)
            || decimal.Round(rate, Digits) is not (> 0 and < 1_000_000_000_000m))
            _faults.Add($"line {lineNo}: '{Column("rate")}' is no rate above 0, such as 1.0832");
        else
            _rates.Add(new FxRate(date, currency, quoteCurrency, decimal.Round(rate, Digits)));
    }

    private string Column(string name) => _columns[_positions[name]].Trim();

    private string Code(string name) => Column(name).ToUpperInvariant();

    private static bool IsCurrency(string code) => Currencies.TryGetMinorDigits(Encoding.UTF8.GetBytes(code), out _);
}
