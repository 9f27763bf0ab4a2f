using System.Data.Common;
using ClickHouse.Data.Types;

namespace ClickHouse.Data;

/// <summary>A column of a result. <see cref="DbColumn.DataTypeName"/> is its ClickHouse type.</summary>
public sealed class ClickHouseColumn : DbColumn
{
    internal ClickHouseColumn(string name, int ordinal, string typeName)
    {
        Type = TypeCatalog.Get(typeName);
        ColumnName = name;
        ColumnOrdinal = ordinal;
        DataTypeName = typeName;
        DataType = Type.Underlying.ClrType;
        AllowDBNull = Type.IsNullable;
        IsReadOnly = true;
        IsLong = false;
        IsAliased = false;
        IsExpression = false;
        IsUnique = false;
        IsKey = false;
        IsAutoIncrement = false;
        (NumericPrecision, NumericScale) = Type.Underlying switch
        {
            DecimalType number => (number.Precision, number.Scale),
            WideDecimalType number => (number.Precision, number.Scale),
            InstantType instant => ((int?)null, instant.Precision),
            _ => ((int?)null, (int?)null),
        };
    }

    internal ClickHouseType Type { get; }
}
