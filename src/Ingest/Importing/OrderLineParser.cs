using System.Globalization;
using System.Text;
using LifecycleMetrics.Ingest.Validation;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Turns columns into order lines as the map says; one per file, as each file has its own header.</summary>
internal sealed class OrderLineParser
{
    private readonly ImportMap _map;
    private readonly string _source;
    private readonly Dictionary<ImportField, int> _positions = [];

    /// <param name="map">How the file is read.</param>
    /// <param name="source">Source name, part of order ids that are made here.</param>
    /// <param name="header">Columns of the header; null if the file has none.</param>
    /// <exception cref="InvalidDataException">The header lacks a column the map names.</exception>
    public OrderLineParser(ImportMap map, string source, IReadOnlyList<string>? header)
    {
        _map = map;
        _source = source;
        var missing = new List<string>();
        foreach (var (field, column) in map.Columns)
        {
            var position = column.Name is { } name ? IndexOf(header, name) : column.Number - 1;
            _positions[field] = position;
            if (position < 0)
                missing.Add(column.ToString());
        }

        if (missing.Count > 0)
            throw new InvalidDataException($"the header lacks {string.Join(", ", missing)}; it has {string.Join(", ", header ?? [])}");
        ColumnCount = header?.Count ?? 0;
    }

    /// <summary>Columns every line must have; 0 until the first line without a header has been seen.</summary>
    public int ColumnCount { get; private set; }

    /// <summary>The order line, or why there is none.</summary>
    public (OrderLine? Line, string Reason, string Message) Parse(IReadOnlyList<string> columns, long lineNumber)
    {
        var least = _positions.Values.Max() + 1;
        var expected = ColumnCount == 0 ? Math.Max(least, columns.Count) : ColumnCount;
        if (columns.Count != expected)
            return Refuse("column_count", $"the line has {columns.Count} columns instead of {expected}");
        ColumnCount = expected;

        var dateText = Text(columns, ImportField.Date);
        if (!TryReadDate(dateText, out var at))
            return Refuse("date_invalid", $"\"{dateText}\" is not a date of the form {string.Join(" or ", _map.DateFormats)}");

        if (!TryReadAmount(columns, out var amount, out var fault))
            return Refuse("number_invalid", $"\"{fault}\" is not a number");

        var currency = _positions.ContainsKey(ImportField.Currency) ? Text(columns, ImportField.Currency) : _map.Currency;
        if (!Currencies.TryGetMinorDigits(Encoding.UTF8.GetBytes(currency), out _))
            return Refuse("currency_unknown", $"\"{currency}\" is not an ISO 4217 currency code");

        var country = Country(columns);
        if (!ImportMapFile.IsCountry(country))
            return Refuse("country_unknown", $"\"{country}\" is not a two-letter country code; list it under country_codes");

        var customer = Text(columns, ImportField.Customer);
        if (_map.CustomerSuffix.Length > 0 && customer.EndsWith(_map.CustomerSuffix, StringComparison.Ordinal))
            customer = customer[..^_map.CustomerSuffix.Length];
        if (customer.Length > 0)
            customer = _map.CustomerPrefix + customer;

        var orderId = Text(columns, ImportField.OrderId);
        if (orderId.Length == 0)
        {
            if (_positions.ContainsKey(ImportField.OrderId))
                return Refuse("missing_order_id", "the line has no order id");
            if (customer.Length == 0)
                return Refuse("missing_customer", "the line has neither order id nor customer");
            orderId = string.Create(CultureInfo.InvariantCulture, $"{_source}-{customer}-{at:yyyyMMdd}-{lineNumber}");
        }

        return (new OrderLine(orderId, customer, at, amount, currency, country), "", "");
    }

    private static int IndexOf(IReadOnlyList<string>? header, string name)
    {
        for (var i = 0; i < header?.Count; i++)
        {
            if (string.Equals(header[i].Trim(), name, StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return -1;
    }

    private static (OrderLine? Line, string Reason, string Message) Refuse(string reason, string message) => (null, reason, message);

    private string Text(IReadOnlyList<string> columns, ImportField field) =>
        _positions.TryGetValue(field, out var position) ? columns[position].Trim() : "";

    private string Country(IReadOnlyList<string> columns)
    {
        if (!_positions.ContainsKey(ImportField.Country))
            return _map.Country;
        var name = Text(columns, ImportField.Country);
        return _map.CountryCodes.TryGetValue(name, out var code) ? code : name;
    }

    private bool TryReadAmount(IReadOnlyList<string> columns, out decimal amount, out string fault)
    {
        amount = 0;
        if (_positions.ContainsKey(ImportField.Amount))
            return TryReadNumber(fault = Text(columns, ImportField.Amount), out amount);
        if (!TryReadNumber(fault = Text(columns, ImportField.Quantity), out var quantity)
            || !TryReadNumber(fault = Text(columns, ImportField.UnitPrice), out var price))
            return false;
        try
        {
            amount = quantity * price;
            return true;
        }
        catch (OverflowException)
        {
            return false;
        }
    }

    private bool TryReadNumber(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.Number | NumberStyles.AllowExponent, _map.Culture, out number)
        && Math.Abs(number) < 1_000_000_000_000m;

    private bool TryReadDate(string text, out DateTime utc)
    {
        utc = default;
        foreach (var format in _map.DateFormats)
        {
            if (!DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var local))
                continue;
            if (local.Year is < 1900 or > 2299)
                return false;
            // An hour that the clocks skip is counted as if they had not been changed yet.
            var offset = _map.TimeZone.IsInvalidTime(local) ? _map.TimeZone.BaseUtcOffset : _map.TimeZone.GetUtcOffset(local);
            utc = DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
            return true;
        }

        return false;
    }
}
