using LifecycleMetrics.Reporting.OData.Schema;
using Microsoft.OData.UriParser;

namespace LifecycleMetrics.Reporting.OData.Querying;

/// <summary>The canonical functions of OData in SQL. Positions and lengths count characters, instants are taken in UTC.</summary>
internal static class FunctionTranslator
{
    public static SqlExpression Translate(
        SingleValueFunctionCallNode call, ExpressionTranslator expressions, DateTimeOffset now)
    {
        var arguments = call.Parameters.ToList();
        return (call.Name, arguments.Count) switch
        {
            ("contains", 2) => Of(ColumnType.Boolean, args => $"(position({args[0]}, {args[1]}) > 0)"),
            ("startswith", 2) => Of(ColumnType.Boolean, args => $"startsWith({args[0]}, {args[1]})"),
            ("endswith", 2) => Of(ColumnType.Boolean, args => $"endsWith({args[0]}, {args[1]})"),
            ("length", 1) => Of(ColumnType.Int64, args => $"lengthUTF8({args[0]})"),
            ("indexof", 2) => Of(ColumnType.Int64, args => $"(toInt64(positionUTF8({args[0]}, {args[1]})) - 1)"),
            ("substring", 2) => Of(ColumnType.String, args => $"substringUTF8({args[0]}, greatest({args[1]}, 0) + 1)"),
            ("substring", 3) => Of(ColumnType.String,
                args => $"substringUTF8({args[0]}, greatest({args[1]}, 0) + 1, greatest({args[2]}, 0))"),
            ("tolower", 1) => Of(ColumnType.String, args => $"lowerUTF8({args[0]})"),
            ("toupper", 1) => Of(ColumnType.String, args => $"upperUTF8({args[0]})"),
            ("trim", 1) => Of(ColumnType.String, args => $"trimBoth({args[0]})"),
            ("concat", 2) => Of(ColumnType.String, args => $"concat({args[0]}, {args[1]})"),
            ("year", 1) => OfTime("toYear"),
            ("month", 1) => OfTime("toMonth"),
            ("day", 1) => OfTime("toDayOfMonth"),
            ("hour", 1) => OfTime("toHour"),
            ("minute", 1) => OfTime("toMinute"),
            ("second", 1) => OfTime("toSecond"),
            ("date", 1) => Date(),
            ("now", 0) => Instant(now),
            ("mindatetime", 0) => Instant(DateTimeOffset.MinValue),
            ("maxdatetime", 0) => Instant(DateTimeOffset.MaxValue),
            // ClickHouse rounds halves of floating numbers to even, OData away from zero.
            ("round", 1) => Rounded("round", operand => $"(sign({operand}) * floor(abs({operand}) + 0.5))"),
            ("floor", 1) => Rounded("floor", null),
            ("ceiling", 1) => Rounded("ceil", null),
            _ => throw ODataRequestException.NotSupported($"The function {call.Name}"),
        };

        SqlExpression Of(ColumnType type, Func<string[], string> sql)
        {
            var translated = arguments.ConvertAll(argument => expressions.Translate(argument, null, nullIsFalse: false));
            return new SqlExpression(
                sql([.. translated.Select(argument => argument.Sql)]),
                type.AsNullable(translated.Exists(argument => argument.IsNullable)));
        }

        SqlExpression OfTime(string function)
        {
            var operand = expressions.Translate(arguments[0], null, nullIsFalse: false);
            return new SqlExpression(
                operand.Type.IsDate ? $"{function}({operand.Sql})" : $"{function}({operand.Sql}, 'UTC')",
                ColumnType.Int64.AsNullable(operand.IsNullable));
        }

        SqlExpression Date()
        {
            var operand = expressions.Translate(arguments[0], null, nullIsFalse: false);
            return operand.Type.IsDate
                ? operand
                : new SqlExpression($"toDate32({operand.Sql}, 'UTC')", ColumnType.Date32.AsNullable(operand.IsNullable));
        }

        SqlExpression Instant(DateTimeOffset instant)
        {
            var (value, type) = Literals.Convert(instant, null, ColumnType.Instant);
            return new SqlExpression(expressions.Parameter(value, type), type);
        }

        SqlExpression Rounded(string function, Func<string, string>? floating)
        {
            var operand = expressions.Translate(arguments[0], null, nullIsFalse: false);
            if (operand.Type.IsInteger)
                return operand;
            return operand with
            {
                Sql = operand.Type.IsFloat && floating is not null ? floating(operand.Sql) : $"{function}({operand.Sql})",
            };
        }
    }
}
