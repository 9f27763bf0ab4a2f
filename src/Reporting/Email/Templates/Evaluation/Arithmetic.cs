using System.Globalization;

namespace LifecycleMetrics.Reporting.Email.Templates.Evaluation;

/// <summary>The arithmetic operators on numbers and strings.</summary>
internal static class Arithmetic
{
    public static object? Apply(string op, object? left, object? right, EvaluationContext context, SourceLocation at)
    {
        if (left is string || right is string) return OnText(op, left, right, context, at);
        if (left is null || right is null) return null;
        if (!ValueKind.IsNumber(left) || !ValueKind.IsNumber(right))
        {
            throw new TemplateException(at, $"`{op}` doesn't work on {ValueKind.NameOf(left)} and {ValueKind.NameOf(right)}.");
        }

        try
        {
            if (left is double || right is double) return OnDoubles(op, ToDouble(left), ToDouble(right), at);
            if (left is decimal || right is decimal) return OnDecimals(op, ToDecimal(left), ToDecimal(right), at);
            return OnIntegers(op, (long)left, (long)right, at);
        }
        catch (OverflowException overflow)
        {
            throw new TemplateException(at, $"The result of `{op}` is too large.", overflow);
        }
    }

    public static double ToDouble(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    public static decimal ToDecimal(object value) => Convert.ToDecimal(value, CultureInfo.InvariantCulture);

    private static object OnIntegers(string op, long left, long right, SourceLocation at) => op switch
    {
        "+" => (object)checked(left + right),
        "-" => checked(left - right),
        "*" => checked(left * right),
        "/" => left / (double)NotZero(right, op, at),
        "//" => left / NotZero(right, op, at),
        _ => left % NotZero(right, op, at),
    };

    private static double OnDoubles(string op, double left, double right, SourceLocation at) => op switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" => left / NotZero(right, op, at),
        "//" => Math.Round(left / NotZero(right, op, at)),
        _ => left % NotZero(right, op, at),
    };

    private static decimal OnDecimals(string op, decimal left, decimal right, SourceLocation at) => op switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" => left / NotZero(right, op, at),
        "//" => Math.Round(left / NotZero(right, op, at)),
        _ => left % NotZero(right, op, at),
    };

    private static string OnText(string op, object? left, object? right, EvaluationContext context, SourceLocation at)
    {
        switch (op)
        {
            case "+":
                return context.Limit(string.Concat(context.Text(left), context.Text(right)), at);
            case "*" when left is string text && right is long count:
                return Repeat(text, count, context, at);
            case "*" when left is long count && right is string text:
                return Repeat(text, count, context, at);
            default:
                throw new TemplateException(at, $"`{op}` doesn't work on {ValueKind.NameOf(left)} and {ValueKind.NameOf(right)}.");
        }
    }

    private static string Repeat(string text, long count, EvaluationContext context, SourceLocation at)
    {
        if (count <= 0 || text.Length == 0) return "";
        if (count > context.Settings.Limits.OutputLength / text.Length) throw context.TooLong(at);
        return new System.Text.StringBuilder().Insert(0, text, (int)count).ToString();
    }

    private static T NotZero<T>(T divisor, string op, SourceLocation at)
        where T : System.Numerics.INumber<T> =>
        T.IsZero(divisor) ? throw new TemplateException(at, $"`{op}` by zero.") : divisor;
}
