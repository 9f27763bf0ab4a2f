namespace LifecycleMetrics.Reporting.OData.Querying;

/// <summary>One criterion of the order. Null is less than every value, as OData has it.</summary>
internal sealed record SortKey(SqlExpression Expression, bool Descending)
{
    public string Sql => Expression.Sql
        + (Descending ? " desc" : " asc")
        + (Expression.IsNullable ? (Descending ? " nulls last" : " nulls first") : "");
}
