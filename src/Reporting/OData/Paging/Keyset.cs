using LifecycleMetrics.Reporting.OData.Querying;
using LifecycleMetrics.Reporting.OData.Schema;

namespace LifecycleMetrics.Reporting.OData.Paging;

/// <summary>The condition for the rows that come after a given one in an order with nulls.</summary>
internal static class Keyset
{
    public static string After(IReadOnlyList<SortKey> order, IReadOnlyList<string?> values, SqlParameters parameters)
    {
        // (a after x) or (a = x and ((b after y) or (b = y and (c after z))))
        var condition = "";
        for (var i = order.Count - 1; i >= 0; i--)
        {
            var (after, equal) = Step(order[i], values[i], parameters);
            condition = condition.Length == 0 ? after : $"({after} or ({equal} and {condition}))";
        }

        return condition;
    }

    private static (string After, string Equal) Step(SortKey key, string? value, SqlParameters parameters)
    {
        var sql = key.Expression.Sql;
        if (value is null)
            return (key.Descending ? ExpressionTranslator.False : $"isNotNull({sql})", $"isNull({sql})");
        var type = ParameterType(key.Expression.Type);
        var placeholder = parameters.Add(SortValues.Parse(value, type), type);
        if (!key.Descending)
            return ($"{sql} > {placeholder}", $"{sql} = {placeholder}");
        return (key.Expression.IsNullable ? $"({sql} < {placeholder} or isNull({sql}))" : $"{sql} < {placeholder}",
            $"{sql} = {placeholder}");
    }

    // A parameter's text is read in its type's zone, or the server's when it names none.
    private static ColumnType ParameterType(ColumnType type) => type.IsInstant
        ? type.InUtc()
        : type.AsNullable(false);
}
