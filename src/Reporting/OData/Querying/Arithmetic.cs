using LifecycleMetrics.Reporting.OData.Schema;
using Microsoft.OData.UriParser;

namespace LifecycleMetrics.Reporting.OData.Querying;

/// <summary>add, sub, mul, div and mod. Dividing whole numbers or decimals by zero gives null, which no comparison meets.</summary>
internal static class Arithmetic
{
    private const int QuotientScale = 12;

    public static SqlExpression Translate(BinaryOperatorNode node, ExpressionTranslator expressions)
    {
        if (expressions.Bare(node.Right) is ConstantNode { Value: TimeSpan duration })
            return Shift(node, duration, expressions);
        var (left, right) = expressions.Pair(node.Left, node.Right);
        if (!IsNumber(left.Type) || !IsNumber(right.Type))
            throw ODataRequestException.NotSupported($"{Word(node.OperatorKind)} of anything but numbers");
        var nullable = left.IsNullable || right.IsNullable;
        if (left.Type.IsFloat || right.Type.IsFloat)
            return new SqlExpression(Floating(node.OperatorKind, left.Sql, right.Sql), ColumnType.Float64.AsNullable(nullable));
        if (left.Type.IsDecimal || right.Type.IsDecimal)
            return Decimals(node.OperatorKind, left, right, nullable);
        return node.OperatorKind switch
        {
            BinaryOperatorKind.Divide => Whole($"intDiv({left.Sql}, nullIf({right.Sql}, 0))", true),
            BinaryOperatorKind.Modulo => Whole($"({left.Sql} % nullIf({right.Sql}, 0))", true),
            _ => Whole($"({left.Sql} {Sign(node.OperatorKind)} {right.Sql})", nullable),
        };
    }

    private static SqlExpression Whole(string sql, bool nullable) => new(sql, ColumnType.Int64.AsNullable(nullable));

    private static string Floating(BinaryOperatorKind kind, string left, string right) => kind switch
    {
        BinaryOperatorKind.Divide => $"(toFloat64({left}) / toFloat64({right}))",
        BinaryOperatorKind.Modulo => $"(toFloat64({left}) % toFloat64({right}))",
        _ => $"(toFloat64({left}) {Sign(kind)} toFloat64({right}))",
    };

    // 76 digits throughout: the products and sums of what columns hold always fit.
    private static SqlExpression Decimals(
        BinaryOperatorKind kind, SqlExpression left, SqlExpression right, bool nullable)
    {
        var (leftScale, rightScale) = (left.Type.Decimal.Scale, right.Type.Decimal.Scale);
        var widest = Math.Max(leftScale, rightScale);
        switch (kind)
        {
            case BinaryOperatorKind.Add or BinaryOperatorKind.Subtract:
                return new SqlExpression(
                    $"(toDecimal256({left.Sql}, {widest}) {Sign(kind)} toDecimal256({right.Sql}, {widest}))",
                    ColumnType.DecimalOf(76, widest).AsNullable(nullable));
            case BinaryOperatorKind.Multiply:
                return new SqlExpression(
                    $"(toDecimal256({left.Sql}, {leftScale}) * toDecimal256({right.Sql}, {rightScale}))",
                    ColumnType.DecimalOf(76, leftScale + rightScale).AsNullable(nullable));
            case BinaryOperatorKind.Divide:
                var scale = Math.Max(widest, QuotientScale);
                return new SqlExpression(
                    $"divideDecimal(toDecimal256({left.Sql}, {leftScale}), nullIf(toDecimal256({right.Sql}, {rightScale}), 0), {scale})",
                    ColumnType.DecimalOf(76, scale).AsNullable(true));
            default:
                throw ODataRequestException.NotSupported("mod of decimals");
        }
    }

    private static SqlExpression Shift(BinaryOperatorNode node, TimeSpan duration, ExpressionTranslator expressions)
    {
        var left = expressions.Translate(node.Left, null, nullIsFalse: false);
        if (!left.Type.IsInstant || node.OperatorKind is not (BinaryOperatorKind.Add or BinaryOperatorKind.Subtract))
            throw ODataRequestException.NotSupported($"{Word(node.OperatorKind)} of a duration and anything but an instant");
        var microseconds = duration.Ticks / TimeSpan.TicksPerMicrosecond;
        if (node.OperatorKind == BinaryOperatorKind.Subtract)
            microseconds = -microseconds;
        return new SqlExpression(
            $"addMicroseconds(toDateTime64({left.Sql}, 6, 'UTC'), {expressions.Parameter(microseconds, ColumnType.Int64)})",
            ColumnType.Instant.AsNullable(left.IsNullable));
    }

    private static bool IsNumber(ColumnType type) => type.IsInteger || type.IsFloat || type.IsDecimal;

    private static string Sign(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add => "+",
        BinaryOperatorKind.Subtract => "-",
        _ => "*",
    };

    private static string Word(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add => "add",
        BinaryOperatorKind.Subtract => "sub",
        BinaryOperatorKind.Multiply => "mul",
        BinaryOperatorKind.Divide => "div",
        _ => "mod",
    };
}
