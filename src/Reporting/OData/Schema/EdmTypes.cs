using Microsoft.OData.Edm;

namespace LifecycleMetrics.Reporting.OData.Schema;

/// <summary>Which OData type a ClickHouse type becomes, and the SQL that brings it into that form.</summary>
internal static class EdmTypes
{
    public static IEdmPrimitiveTypeReference For(ColumnType type)
    {
        var core = EdmCoreModel.Instance;
        var nullable = type.IsNullable;
        return type.Name switch
        {
            "Bool" => core.GetBoolean(nullable),
            "Int8" => core.GetSByte(nullable),
            "UInt8" => core.GetByte(nullable),
            "Int16" => core.GetInt16(nullable),
            "UInt16" or "Int32" => core.GetInt32(nullable),
            "UInt32" or "Int64" => core.GetInt64(nullable),
            "UInt64" => core.GetDecimal(20, 0, nullable),
            "Int128" or "UInt128" => core.GetDecimal(39, 0, nullable),
            "Int256" or "UInt256" => core.GetDecimal(78, 0, nullable),
            "Float32" => core.GetSingle(nullable),
            "Float64" => core.GetDouble(nullable),
            "UUID" => core.GetPrimitive(EdmPrimitiveTypeKind.Guid, nullable),
            "Date" or "Date32" => core.GetDate(nullable),
            "DateTime" or "DateTime64" =>
                core.GetTemporal(EdmPrimitiveTypeKind.DateTimeOffset, type.FractionDigits, nullable),
            _ when type.IsDecimal => core.GetDecimal(type.Decimal.Precision, type.Decimal.Scale, nullable),
            _ => core.GetString(nullable),
        };
    }

    /// <summary>
    /// The column as an expression of the type OData sees. Enumerations become strings, because comparing one with a
    /// name it lacks is an error in ClickHouse; types without a counterpart are shown as text or JSON.
    /// </summary>
    public static (string Sql, ColumnType Type) Read(string column, ColumnType type)
    {
        var quoted = $"`{column}`";
        var text = ColumnType.String.AsNullable(type.IsNullable);
        return type.Name switch
        {
            "Enum8" or "Enum16" or "FixedString" or "IPv4" or "IPv6" => ($"toString({quoted})", text),
            "Array" or "Map" or "Tuple" or "Nested" or "JSON" or "Object" or "Variant" or "Dynamic" =>
                ($"toJSONString({quoted})", text),
            "String" or "Bool" or "UUID" => (quoted, type),
            _ when type.IsInteger || type.IsFloat || type.IsDecimal || type.IsDate || type.IsInstant => (quoted, type),
            _ => ($"toString({quoted})", text),
        };
    }
}
