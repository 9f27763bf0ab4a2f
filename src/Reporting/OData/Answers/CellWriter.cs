using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ClickHouse.Data;
using LifecycleMetrics.Reporting.OData.Schema;
using Microsoft.OData.Edm;

namespace LifecycleMetrics.Reporting.OData.Answers;

/// <summary>Writes one column's values as JSON, straight from the bytes ClickHouse sent.</summary>
internal sealed class CellWriter(PublishedProperty property, int ordinal, bool ieee754Compatible)
{
    private const int LongestInstant = 32;

    private readonly JsonEncodedText _name = JsonEncodedText.Encode(property.Name);
    private readonly EdmPrimitiveTypeKind _kind = property.Edm.Type.PrimitiveKind();
    private readonly bool _isNullable = property.Type.IsNullable;
    private readonly bool _isWide = property.Type.IsInteger
        ? property.Type.Name is "Int128" or "Int256" or "UInt128" or "UInt256"
        : property.Type.Decimal.Precision > 28;
    private readonly bool _isUnsigned64 = property.Type.Name == "UInt64";
    private readonly int _instantLength = property.Type.FractionDigits switch
    {
        0 => "yyyy-MM-ddTHH:mm:ssZ".Length,
        var digits => "yyyy-MM-ddTHH:mm:ss.Z".Length + Math.Min(digits, 7),
    };

    public void WriteProperty(Utf8JsonWriter json, ClickHouseRows rows)
    {
        json.WritePropertyName(_name);
        WriteValue(json, rows);
    }

    public void WriteValue(Utf8JsonWriter json, ClickHouseRows rows)
    {
        if (_isNullable && rows.IsNull(ordinal))
        {
            json.WriteNullValue();
            return;
        }

        switch (_kind)
        {
            case EdmPrimitiveTypeKind.String:
                WriteText(json, rows.GetUtf8(ordinal));
                break;
            case EdmPrimitiveTypeKind.Byte or EdmPrimitiveTypeKind.SByte or EdmPrimitiveTypeKind.Int16 or EdmPrimitiveTypeKind.Int32:
                json.WriteNumberValue(rows.GetInt64(ordinal));
                break;
            case EdmPrimitiveTypeKind.Int64:
                WriteInt64(json, rows.GetInt64(ordinal));
                break;
            case EdmPrimitiveTypeKind.Decimal:
                WriteDecimal(json, rows);
                break;
            case EdmPrimitiveTypeKind.Double:
                WriteDouble(json, rows.GetDouble(ordinal));
                break;
            case EdmPrimitiveTypeKind.Single:
                WriteSingle(json, rows.Get<float>(ordinal));
                break;
            case EdmPrimitiveTypeKind.Boolean:
                json.WriteBooleanValue(rows.GetBoolean(ordinal));
                break;
            case EdmPrimitiveTypeKind.DateTimeOffset:
                WriteInstant(json, rows.GetDateTime(ordinal));
                break;
            case EdmPrimitiveTypeKind.Date:
                WriteDate(json, rows.GetDate(ordinal));
                break;
            case EdmPrimitiveTypeKind.Guid:
                json.WriteStringValue(rows.GetGuid(ordinal));
                break;
            default:
                throw new InvalidOperationException($"No JSON for {_kind}.");
        }
    }

    /// <summary>The value as <c>/$value</c> gives it; null for null.</summary>
    public string? RawText(ClickHouseRows rows) => _isNullable && rows.IsNull(ordinal) ? null : _kind switch
    {
        EdmPrimitiveTypeKind.String => Encoding.UTF8.GetString(rows.GetUtf8(ordinal)),
        EdmPrimitiveTypeKind.Boolean => rows.GetBoolean(ordinal) ? "true" : "false",
        EdmPrimitiveTypeKind.DateTimeOffset => rows.GetDateTime(ordinal).ToString("O", CultureInfo.InvariantCulture)[..(_instantLength - 1)] + "Z",
        EdmPrimitiveTypeKind.Date => rows.GetDate(ordinal).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        EdmPrimitiveTypeKind.Double when double.IsInfinity(rows.GetDouble(ordinal)) => rows.GetDouble(ordinal) > 0 ? "INF" : "-INF",
        _ => Convert.ToString(rows.GetValue(ordinal), CultureInfo.InvariantCulture),
    };

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> utf8)
    {
        // ClickHouse strings are bytes; JSON must be UTF-8.
        if (Utf8.IsValid(utf8))
            json.WriteStringValue(utf8);
        else
            json.WriteStringValue(Encoding.UTF8.GetString(utf8));
    }

    private static void WriteDouble(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "INF" : "-INF");
    }

    private static void WriteSingle(Utf8JsonWriter json, float value)
    {
        if (float.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteStringValue(float.IsNaN(value) ? "NaN" : value > 0 ? "INF" : "-INF");
    }

    private static void WriteDate(Utf8JsonWriter json, DateOnly date)
    {
        Span<byte> text = stackalloc byte[10];
        date.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        json.WriteStringValue(text);
    }

    // The round-trip format has a path of its own in the runtime; it always gives seven digits, of which the type has fewer.
    private void WriteInstant(Utf8JsonWriter json, DateTime instant)
    {
        Span<byte> text = stackalloc byte[LongestInstant];
        instant.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        text[_instantLength - 1] = (byte)'Z';
        json.WriteStringValue(text[.._instantLength]);
    }

    private void WriteInt64(Utf8JsonWriter json, long value)
    {
        if (!ieee754Compatible)
        {
            json.WriteNumberValue(value);
            return;
        }

        Span<char> text = stackalloc char[20];
        value.TryFormat(text, out var written, provider: CultureInfo.InvariantCulture);
        json.WriteStringValue(text[..written]);
    }

    private void WriteDecimal(Utf8JsonWriter json, ClickHouseRows rows)
    {
        if (_isWide)
        {
            var text = Convert.ToString(rows.GetValue(ordinal), CultureInfo.InvariantCulture)!;
            if (ieee754Compatible)
                json.WriteStringValue(text);
            else
                json.WriteRawValue(text, skipInputValidation: true);
        }
        else if (ieee754Compatible)
        {
            json.WriteStringValue(_isUnsigned64
                ? rows.GetUInt64(ordinal).ToString(CultureInfo.InvariantCulture)
                : rows.GetDecimal(ordinal).ToString(CultureInfo.InvariantCulture));
        }
        else if (_isUnsigned64)
        {
            json.WriteNumberValue(rows.GetUInt64(ordinal));
        }
        else
        {
            json.WriteNumberValue(rows.GetDecimal(ordinal));
        }
    }
}
