using LifecycleMetrics.Reporting.OData.Schema;
using Microsoft.OData.UriParser;

namespace LifecycleMetrics.Reporting.OData.Querying;

/// <summary>
/// Translates a bound OData expression to SQL. Comparisons are two-valued as in OData 4.0: null equals null, and an
/// ordering comparison with null is false.
/// </summary>
internal sealed class ExpressionTranslator(
    PublishedSet set, SqlParameters parameters, IDictionary<string, SingleValueNode> aliases, DateTimeOffset now)
{
    public const string True = "true";
    public const string False = "false";

    /// <summary>A condition for <c>where</c>, where null counts as false.</summary>
    public string Condition(SingleValueNode node) => Translate(node, null, nullIsFalse: true).Sql;

    /// <summary>A value, as for <c>order by</c>.</summary>
    public SqlExpression Value(SingleValueNode node) => Translate(node, null, nullIsFalse: false);

    /// <param name="node">The expression.</param>
    /// <param name="meets">Type of what the value is compared or combined with; types literals.</param>
    /// <param name="nullIsFalse">Whether the surroundings treat null as false, so that it need not be made so here.</param>
    internal SqlExpression Translate(QueryNode node, ColumnType? meets, bool nullIsFalse) => node switch
    {
        ConvertNode convert => Translate(convert.Source, meets, nullIsFalse),
        ParameterAliasNode alias => Translate(Resolve(alias), meets, nullIsFalse),
        ConstantNode constant => Literal(constant, meets),
        SingleValuePropertyAccessNode property => new SqlExpression(set[property.Property.Name].Sql, set[property.Property.Name].Type),
        BinaryOperatorNode binary => Binary(binary, nullIsFalse),
        UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not => Not(not),
        UnaryOperatorNode negate => Negate(negate, meets),
        InNode membership => In(membership, nullIsFalse),
        SingleValueFunctionCallNode call => FunctionTranslator.Translate(call, this, now),
        AnyNode or AllNode => throw ODataRequestException.NotSupported("any and all", "$filter"),
        CountNode => throw ODataRequestException.NotSupported("$count in an expression", "$filter"),
        _ => throw ODataRequestException.NotSupported($"The expression {node.Kind}"),
    };

    internal string Parameter(object value, ColumnType type) => parameters.Add(value, type);

    /// <summary>The node without implicit conversions and aliases around it.</summary>
    internal QueryNode Bare(QueryNode node) => node switch
    {
        ConvertNode convert => Bare(convert.Source),
        ParameterAliasNode alias => Bare(Resolve(alias)),
        _ => node,
    };

    private SingleValueNode Resolve(ParameterAliasNode alias) =>
        aliases.TryGetValue(alias.Alias, out var node) && node is not null
            ? node
            : throw ODataRequestException.BadRequest(
                "UnknownAlias", $"The parameter alias {alias.Alias} has no value: add &{alias.Alias}=… to the URL.", alias.Alias);

    private SqlExpression Literal(ConstantNode constant, ColumnType? meets)
    {
        if (constant.Value is null)
            return new SqlExpression("null", (meets ?? ColumnType.String).AsNullable(true));
        var (value, type) = Literals.Convert(constant.Value, constant.LiteralText, meets);
        return new SqlExpression(parameters.Add(value, type), type);
    }

    private SqlExpression Binary(BinaryOperatorNode node, bool nullIsFalse) => node.OperatorKind switch
    {
        BinaryOperatorKind.And => Logic("and", node, nullIsFalse),
        BinaryOperatorKind.Or => Logic("or", node, nullIsFalse),
        BinaryOperatorKind.Equal or BinaryOperatorKind.NotEqual or BinaryOperatorKind.GreaterThan
            or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.LessThan
            or BinaryOperatorKind.LessThanOrEqual => Comparison(node, nullIsFalse),
        BinaryOperatorKind.Has => throw ODataRequestException.NotSupported("The operator has", "$filter"),
        _ => Arithmetic.Translate(node, this),
    };

    private SqlExpression Logic(string word, BinaryOperatorNode node, bool nullIsFalse)
    {
        var left = Translate(node.Left, ColumnType.Boolean, nullIsFalse);
        var right = Translate(node.Right, ColumnType.Boolean, nullIsFalse);
        return new SqlExpression(
            $"({left.Sql} {word} {right.Sql})", ColumnType.Boolean.AsNullable(left.IsNullable || right.IsNullable));
    }

    private SqlExpression Not(UnaryOperatorNode node)
    {
        var operand = Translate(node.Operand, ColumnType.Boolean, nullIsFalse: false);
        return new SqlExpression($"not {operand.Sql}", operand.Type);
    }

    private SqlExpression Negate(UnaryOperatorNode node, ColumnType? meets)
    {
        var operand = Translate(node.Operand, meets, nullIsFalse: false);
        return operand.Type.IsInteger || operand.Type.IsFloat || operand.Type.IsDecimal
            ? operand with { Sql = $"negate({operand.Sql})" }
            : throw ODataRequestException.BadRequest("WrongType", "Only numbers can be negated.");
    }

    private SqlExpression Comparison(BinaryOperatorNode node, bool nullIsFalse)
    {
        var isEquality = node.OperatorKind is BinaryOperatorKind.Equal or BinaryOperatorKind.NotEqual;
        if (IsNull(node.Left) || IsNull(node.Right))
        {
            if (!isEquality)
                return new SqlExpression(False, ColumnType.Boolean);
            var other = Bare(IsNull(node.Left) ? node.Right : node.Left);
            var isNull = IsNull(other) ? True : $"isNull({Translate(other, null, nullIsFalse: false).Sql})";
            return new SqlExpression(node.OperatorKind == BinaryOperatorKind.Equal ? isNull : $"not {isNull}", ColumnType.Boolean);
        }

        var (left, right) = Pair(node.Left, node.Right);
        var word = node.OperatorKind switch
        {
            BinaryOperatorKind.Equal => "=",
            BinaryOperatorKind.NotEqual => "!=",
            BinaryOperatorKind.GreaterThan => ">",
            BinaryOperatorKind.GreaterThanOrEqual => ">=",
            BinaryOperatorKind.LessThan => "<",
            _ => "<=",
        };
        var sql = $"{left.Sql} {word} {right.Sql}";
        sql = (node.OperatorKind, left.IsNullable, right.IsNullable) switch
        {
            (_, false, false) => $"({sql})",
            (BinaryOperatorKind.Equal, true, true) => $"ifNull({sql}, isNull({left.Sql}) and isNull({right.Sql}))",
            (BinaryOperatorKind.NotEqual, true, true) => $"ifNull({sql}, isNull({left.Sql}) != isNull({right.Sql}))",
            (BinaryOperatorKind.NotEqual, _, _) => $"ifNull({sql}, true)",
            _ when nullIsFalse => $"({sql})",
            _ => $"ifNull({sql}, false)",
        };
        return new SqlExpression(sql, ColumnType.Boolean);
    }

    /// <summary>Translates two operands so that a literal takes the type of the other one.</summary>
    internal (SqlExpression Left, SqlExpression Right) Pair(QueryNode leftNode, QueryNode rightNode)
    {
        SqlExpression left, right;
        if (Bare(leftNode) is ConstantNode && Bare(rightNode) is not ConstantNode)
        {
            right = Translate(rightNode, null, nullIsFalse: false);
            left = Translate(leftNode, right.Type, nullIsFalse: false);
        }
        else
        {
            left = Translate(leftNode, null, nullIsFalse: false);
            right = Translate(rightNode, left.Type, nullIsFalse: false);
        }

        // ClickHouse would read the date in the server's zone.
        if (left.Type.IsDate && right.Type.IsInstant)
            left = AsInstant(left);
        else if (left.Type.IsInstant && right.Type.IsDate)
            right = AsInstant(right);
        return (left, right);
    }

    private static SqlExpression AsInstant(SqlExpression date) =>
        new($"toDateTime64({date.Sql}, 6, 'UTC')", ColumnType.Instant.AsNullable(date.IsNullable));

    private SqlExpression In(InNode node, bool nullIsFalse)
    {
        if (node.Right is not CollectionConstantNode list)
            throw ODataRequestException.NotSupported("in with anything but a list of literals", "$filter");
        var left = Translate(node.Left, null, nullIsFalse: false);
        var items = list.Collection.Where(item => item.Value is not null).ToList();
        var conditions = new List<string>(2);
        if (items.Count > 0)
        {
            var values = string.Join(", ", items.Select(item => Literal(item, left.Type).Sql));
            var sql = $"{left.Sql} in ({values})";
            conditions.Add(left.IsNullable && !nullIsFalse ? $"ifNull({sql}, false)" : $"({sql})");
        }

        if (items.Count < list.Collection.Count)
            conditions.Add($"isNull({left.Sql})");
        return new SqlExpression(
            conditions.Count switch
            {
                0 => False,
                1 => conditions[0],
                _ => $"({string.Join(" or ", conditions)})",
            },
            ColumnType.Boolean);
    }

    private bool IsNull(QueryNode node) => Bare(node) is ConstantNode { Value: null };
}
