using System.Globalization;
using System.Text;
using LifecycleMetrics.Ingest.Validation;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Reads a map file; reports all of its faults at once.</summary>
public static class ImportMapFile
{
    private static readonly Dictionary<string, ImportField> Fields = new()
    {
        ["order_id"] = ImportField.OrderId,
        ["customer"] = ImportField.Customer,
        ["date"] = ImportField.Date,
        ["amount"] = ImportField.Amount,
        ["quantity"] = ImportField.Quantity,
        ["unit_price"] = ImportField.UnitPrice,
        ["currency"] = ImportField.Currency,
        ["country"] = ImportField.Country,
    };

    /// <exception cref="ImportMapException">The file can't be used.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static ImportMap Read(string path) => Parse(File.ReadAllText(path), path);

    /// <exception cref="ImportMapException">The text can't be used.</exception>
    public static ImportMap Parse(string yaml, string path)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            throw new ImportMapException(path, [$"line {e.Start.Line}: not YAML: {e.Message}"]);
        }

        if (stream.Documents.Count != 1 || stream.Documents[0].RootNode is not YamlMappingNode root)
            throw new ImportMapException(path, ["it must be one mapping, such as `delimiter: \",\"`"]);

        var map = new MapNode(root, []);
        var columns = Columns(map);
        var countries = map.Mapping("country_codes")?.Texts() ?? [];
        var result = new ImportMap
        {
            Delimiter = Delimiter(map),
            HasHeader = map.Flag("header", true),
            Encoding = Named(map, "encoding", Encoding.UTF8, Encoding.GetEncoding, "utf-8, latin1 or utf-16"),
            Columns = columns,
            DateFormats = map.List("date_formats") is { Count: > 0 } formats ? formats : ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd"],
            TimeZone = Named(map, "time_zone", TimeZoneInfo.Utc, TimeZoneInfo.FindSystemTimeZoneById, "an IANA zone such as Europe/London"),
            Culture = Named(map, "number_culture", CultureInfo.InvariantCulture, n => CultureInfo.GetCultureInfo(n, predefinedOnly: true), "a culture such as de-DE"),
            Currency = map.Text("currency"),
            Country = map.Text("country"),
            CountryCodes = countries,
            LineIsOrder = map.OneOf("order", "lines", "line") == "line",
            CreditPrefix = map.Text("credit_prefix"),
            NegativeIsCredit = map.Flag("negative_is_credit", false),
            CustomerSuffix = map.Text("customer_suffix"),
            CustomerPrefix = map.Text("customer_prefix"),
        };
        Check(map, result);
        map.RefuseOthers();
        return map.Faults.Count == 0 ? result : throw new ImportMapException(path, map.Faults);
    }

    private static char? Delimiter(MapNode map) => map.Text("delimiter") switch
    {
        "" or "," => ',',
        "blank" => null,
        "tab" => '\t',
        { Length: 1 } other => other[0],
        _ => map.Fault<char?>("delimiter", "must be one character, tab or blank"),
    };

    private static Dictionary<ImportField, ColumnReference> Columns(MapNode map)
    {
        var columns = new Dictionary<ImportField, ColumnReference>();
        if (map.Mapping("columns") is not { } node)
        {
            map.Fault<object>("columns", "is missing: it says which column holds customer, date and amount");
            return columns;
        }

        foreach (var (name, field) in Fields)
        {
            var text = node.Text(name);
            if (text.Length == 0)
                continue;
            var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            columns[field] = isNumber ? new(null, number) : new(text, 0);
            if (isNumber && number == 0)
                node.Fault<object>(name, "is 0: columns are counted from 1");
            if (!isNumber && !map.Flag("header", true))
                node.Fault<object>(name, $"is \"{text}\", but without a header columns are given by number");
        }

        node.RefuseOthers();
        return columns;
    }

    private static void Check(MapNode map, ImportMap result)
    {
        var columns = result.Columns;
        if (!columns.ContainsKey(ImportField.Date))
            map.Fault<object>("columns", "needs date");
        var byPrice = columns.ContainsKey(ImportField.Quantity) && columns.ContainsKey(ImportField.UnitPrice);
        if (columns.ContainsKey(ImportField.Amount) == byPrice)
            map.Fault<object>("columns", "needs either amount, or quantity and unit_price");
        if (!result.LineIsOrder && !columns.ContainsKey(ImportField.OrderId))
            map.Fault<object>("columns", "needs order_id, or `order: line` if every line is an order");
        if (!columns.ContainsKey(ImportField.Customer) && !columns.ContainsKey(ImportField.OrderId))
            map.Fault<object>("columns", "needs customer or order_id");
        if (!columns.ContainsKey(ImportField.Currency) && result.Currency.Length == 0)
            map.Fault<object>("currency", "is missing: give the code of all amounts, or a currency column");
        if (result.Currency.Length > 0 && !Currencies.TryGetMinorDigits(Encoding.UTF8.GetBytes(result.Currency), out _))
            map.Fault<object>("currency", $"is \"{result.Currency}\", which is not an ISO 4217 code such as EUR");
        if (!IsCountry(result.Country))
            map.Fault<object>("country", $"is \"{result.Country}\", which is not a two-letter code such as DE");
        foreach (var (name, code) in result.CountryCodes)
        {
            if (!IsCountry(code))
                map.Fault<object>("country_codes", $"maps \"{name}\" to \"{code}\", which is not a two-letter code");
        }
    }

    /// <summary>True for two capital letters and for nothing.</summary>
    internal static bool IsCountry(string code) =>
        code.Length == 0 || (code.Length == 2 && char.IsAsciiLetterUpper(code[0]) && char.IsAsciiLetterUpper(code[1]));

    private static T Named<T>(MapNode map, string key, T fallback, Func<string, T> find, string expected)
    {
        var name = map.Text(key);
        if (name.Length == 0)
            return fallback;
        try
        {
            return find(name);
        }
        catch (Exception e) when (e is ArgumentException or TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            map.Fault<object>(key, $"is \"{name}\", which is not known here; give {expected}");
            return fallback;
        }
    }
}
