using LifecycleMetrics.Reporting.OData.Schema;

namespace LifecycleMetrics.Reporting.OData.Querying;

/// <summary>A piece of SQL and the type of its value.</summary>
internal sealed record SqlExpression(string Sql, ColumnType Type)
{
    public bool IsNullable => Type.IsNullable;
}
