using LifecycleMetrics.Reporting.OData.Paging;
using LifecycleMetrics.Reporting.OData.Schema;
using Microsoft.OData.UriParser;

namespace LifecycleMetrics.Reporting.OData.Querying;

/// <summary>Writes the one query that answers a request. Identifiers come from the model, values are parameters.</summary>
internal static class QueryBuilder
{
    /// <summary>One page of a collection.</summary>
    /// <param name="request">A request for a collection.</param>
    /// <param name="pageSize">Most rows of one answer.</param>
    /// <param name="token">Where the page before ended; null for the first.</param>
    /// <param name="now">What <c>now()</c> means.</param>
    public static PageQuery Page(ODataRequest request, int pageSize, PageToken? token, DateTimeOffset now)
    {
        var set = request.Set!;
        var parameters = new SqlParameters();
        var expressions = new ExpressionTranslator(set, parameters, request.Aliases, now);
        var conditions = Conditions(request, expressions);
        var order = Order(set, request.OrderBy, expressions);
        if (token is not null)
            conditions.Add(Keyset.After(order, token.Values, parameters));

        var shown = request.Select ?? set.Properties;
        var columns = shown.Select(property => property.Sql).ToList();
        var sortOrdinals = order.Select(key => OrdinalOf(key.Expression.Sql, columns)).ToArray();
        var left = request.Top is { } top ? Math.Max(0, top - (token?.Delivered ?? 0)) : long.MaxValue;
        var rows = Math.Min(pageSize, left);
        // One row more than the page tells whether there is another page.
        var limit = parameters.Add(left > rows ? rows + 1 : rows, ColumnType.UInt64);
        var text = $"select {string.Join(", ", columns)}\nfrom `{set.Relation}`{Where(conditions)}"
            + $"\norder by {string.Join(", ", order.Select(key => key.Sql))}\nlimit {limit}";
        if (token is null && request.Skip > 0)
            text += $" offset {parameters.Add(request.Skip, ColumnType.UInt64)}";
        return new PageQuery(new SqlQuery(text, parameters.All), shown, order, sortOrdinals, rows);
    }

    /// <summary>The number of entities that meet the filter, whatever page is shown.</summary>
    public static SqlQuery Count(ODataRequest request, DateTimeOffset now)
    {
        var parameters = new SqlParameters();
        var conditions = Conditions(request, new ExpressionTranslator(request.Set!, parameters, request.Aliases, now));
        return new SqlQuery($"select toInt64(count())\nfrom `{request.Set!.Relation}`{Where(conditions)}", parameters.All);
    }

    /// <summary>One entity, or one property of it.</summary>
    public static SqlQuery Entity(ODataRequest request, IReadOnlyList<PublishedProperty> shown)
    {
        var set = request.Set!;
        var parameters = new SqlParameters();
        var conditions = request.Key.Select(key =>
        {
            var property = set[key.Key];
            var (value, type) = Literals.Convert(key.Value, null, property.Type);
            return $"{property.Sql} = {parameters.Add(value, type)}";
        }).ToList();
        return new SqlQuery(
            $"select {string.Join(", ", shown.Select(property => property.Sql))}\nfrom `{set.Relation}`{Where(conditions)}\nlimit 1",
            parameters.All);
    }

    private static List<string> Conditions(ODataRequest request, ExpressionTranslator expressions) =>
        request.Filter is { } filter ? [expressions.Condition(filter.Expression)] : [];

    private static string Where(List<string> conditions) =>
        conditions.Count == 0 ? "" : $"\nwhere {string.Join(" and ", conditions)}";

    /// <summary>What was asked for, then the key, so that no two rows are equal in order and pages neither skip nor repeat.</summary>
    private static List<SortKey> Order(PublishedSet set, OrderByClause? clause, ExpressionTranslator expressions)
    {
        var order = new List<SortKey>();
        for (var next = clause; next is not null; next = next.ThenBy)
        {
            var expression = expressions.Value(next.Expression);
            if (!order.Exists(key => key.Expression.Sql == expression.Sql))
                order.Add(new SortKey(expression, next.Direction == OrderByDirection.Descending));
        }

        foreach (var key in set.Key)
            if (!order.Exists(earlier => earlier.Expression.Sql == key.Sql))
                order.Add(new SortKey(new SqlExpression(key.Sql, key.Type), Descending: false));
        return order;
    }

    private static int OrdinalOf(string sql, List<string> columns)
    {
        var ordinal = columns.IndexOf(sql);
        if (ordinal >= 0)
            return ordinal;
        columns.Add(sql);
        return columns.Count - 1;
    }
}
