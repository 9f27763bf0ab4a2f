namespace LifecycleMetrics.Reporting.OData.Schema;

/// <summary>
/// A ClickHouse type as OData needs to know it: its name and arguments without <c>Nullable</c>, <c>LowCardinality</c>
/// and <c>SimpleAggregateFunction</c> around it.
/// </summary>
/// <param name="Name">Family, such as <c>DateTime64</c>.</param>
/// <param name="Text">Complete, such as <c>DateTime64(3, 'UTC')</c>: fit for <c>{p:Type}</c>.</param>
/// <param name="IsNullable">Whether null is among the values.</param>
internal sealed record ColumnType(string Name, string Text, bool IsNullable)
{
    public static readonly ColumnType Boolean = new("Bool", "Bool", false);
    public static readonly ColumnType Int64 = new("Int64", "Int64", false);
    public static readonly ColumnType Float64 = new("Float64", "Float64", false);
    public static readonly ColumnType String = new("String", "String", false);
    public static readonly ColumnType Date32 = new("Date32", "Date32", false);
    public static readonly ColumnType Instant = new("DateTime64", "DateTime64(6, 'UTC')", false);

    /// <summary>Precision and scale of a decimal type, else (0, 0).</summary>
    public (int Precision, int Scale) Decimal => Name switch
    {
        "Decimal" when Arguments is [var precision, var scale] => (Number(precision), Number(scale)),
        "Decimal32" => (9, Number(Arguments[0])),
        "Decimal64" => (18, Number(Arguments[0])),
        "Decimal128" => (38, Number(Arguments[0])),
        "Decimal256" => (76, Number(Arguments[0])),
        _ => (0, 0),
    };

    public bool IsInteger => Name is "Int8" or "Int16" or "Int32" or "Int64" or "Int128" or "Int256"
        or "UInt8" or "UInt16" or "UInt32" or "UInt64" or "UInt128" or "UInt256";

    public bool IsDecimal => Name.StartsWith("Decimal", StringComparison.Ordinal);

    public bool IsFloat => Name is "Float32" or "Float64";

    public bool IsDate => Name is "Date" or "Date32";

    public bool IsInstant => Name is "DateTime" or "DateTime64";

    public bool IsString => Name is "String";

    /// <summary>Digits after the second of an instant, 0 to 9.</summary>
    public int FractionDigits => Name is "DateTime64" && Arguments.Count > 0 ? Number(Arguments[0]) : 0;

    private List<string> Arguments
    {
        get
        {
            var open = Text.IndexOf('(', StringComparison.Ordinal);
            return open < 0
                ? []
                : [.. Text[(open + 1)..^1].Split(',', StringSplitOptions.TrimEntries)];
        }
    }

    public static ColumnType Parse(string text)
    {
        var nullable = false;
        while (true)
        {
            if (Unwrap(text, "LowCardinality") is { } dictionary)
            {
                text = dictionary;
            }
            else if (Unwrap(text, "Nullable") is { } inner)
            {
                nullable = true;
                text = inner;
            }
            else if (Unwrap(text, "SimpleAggregateFunction") is { } aggregate)
            {
                text = aggregate[(aggregate.IndexOf(',', StringComparison.Ordinal) + 1)..].Trim();
            }
            else
            {
                var open = text.IndexOf('(', StringComparison.Ordinal);
                return new ColumnType(open < 0 ? text : text[..open], text, nullable);
            }
        }
    }

    public static readonly ColumnType UInt64 = new("UInt64", "UInt64", false);

    public static ColumnType DecimalOf(int precision, int scale) =>
        new("Decimal", FormattableString.Invariant($"Decimal({precision}, {scale})"), false);

    /// <summary>This instant's type with its zone spelled out: a parameter's text is read in the server's zone otherwise.</summary>
    public ColumnType InUtc() => new(
        Name, Name == "DateTime" ? "DateTime('UTC')" : FormattableString.Invariant($"DateTime64({FractionDigits}, 'UTC')"), false);

    public ColumnType AsNullable(bool nullable) => this with { IsNullable = nullable };

    private static string? Unwrap(string text, string wrapper) =>
        text.Length > wrapper.Length + 2 && text.StartsWith(wrapper, StringComparison.Ordinal)
        && text[wrapper.Length] == '(' && text[^1] == ')'
            ? text[(wrapper.Length + 1)..^1]
            : null;

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
