using System.Data;
using System.Data.Common;
using System.Globalization;

namespace ClickHouse.Data;

/// <summary>The older form of a result's schema, which DataTable.Load asks for.</summary>
internal static class SchemaTable
{
    public static DataTable Of(IReadOnlyList<ClickHouseColumn> columns)
    {
        var table = new DataTable("SchemaTable") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add(SchemaTableColumn.ColumnName, typeof(string));
        table.Columns.Add(SchemaTableColumn.ColumnOrdinal, typeof(int));
        table.Columns.Add(SchemaTableColumn.ColumnSize, typeof(int));
        table.Columns.Add(SchemaTableColumn.NumericPrecision, typeof(short));
        table.Columns.Add(SchemaTableColumn.NumericScale, typeof(short));
        table.Columns.Add(SchemaTableColumn.DataType, typeof(Type));
        table.Columns.Add("DataTypeName", typeof(string));
        table.Columns.Add(SchemaTableColumn.AllowDBNull, typeof(bool));
        table.Columns.Add(SchemaTableColumn.IsLong, typeof(bool));
        table.Columns.Add(SchemaTableColumn.IsUnique, typeof(bool));
        table.Columns.Add(SchemaTableColumn.IsKey, typeof(bool));
        table.Columns.Add(SchemaTableOptionalColumn.IsReadOnly, typeof(bool));
        foreach (var column in columns)
        {
            table.Rows.Add(
                column.ColumnName, column.ColumnOrdinal, -1, (object?)column.NumericPrecision ?? DBNull.Value,
                (object?)column.NumericScale ?? DBNull.Value, column.DataType, column.DataTypeName, column.AllowDBNull,
                false, false, false, true);
        }

        return table;
    }
}
