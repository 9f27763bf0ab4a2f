using System.Globalization;
using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Functions;

/// <summary>The functions of <c>math</c>.</summary>
internal static class MathFunctions
{
    public static IReadOnlyDictionary<string, object?> Table { get; } = new FunctionTable("math")
        .Add("abs", "value", a => Each(a, Math.Abs, Math.Abs, Math.Abs))
        .Add("ceil", "value", a => Each(a, integer => integer, Math.Ceiling, Math.Ceiling))
        .Add("floor", "value", a => Each(a, integer => integer, Math.Floor, Math.Floor))
        .Add("round", "value precision?", a => Round(a, Math.Clamp(a.Integer(1), 0, 15)))
        .Add("format", "value format culture?", a => Format(a))
        .Add("is_number", "value", a => ValueKind.IsNumber(a[0]))
        .Add("plus", "value with", a => Operate("+", a))
        .Add("minus", "value with", a => Operate("-", a))
        .Add("times", "value with", a => Operate("*", a))
        .Add("modulo", "value with", a => Operate("%", a))
        .Add("divided_by", "value divisor", a => DividedBy(a))
        .Functions;

    private static object Each(BoundArguments a, Func<long, long> integer, Func<double, double> real, Func<decimal, decimal> exact) =>
        a.Number(0) switch
        {
            long value when value != long.MinValue => integer(value),
            double value => real(value),
            decimal value => exact(value),
            _ => throw a.Fail("the number is too large"),
        };

    private static object Round(BoundArguments a, int precision) => Each(
        a,
        integer => integer,
        real => Math.Round(real, precision, MidpointRounding.AwayFromZero),
        exact => Math.Round(exact, precision, MidpointRounding.AwayFromZero));

    private static object? Operate(string op, BoundArguments a) =>
        Arithmetic.Apply(op, a.Number(0), a.Number(1), a.Context, a.At);

    /// <summary>By an integer the quotient is floored to an integer.</summary>
    private static object? DividedBy(BoundArguments a)
    {
        var quotient = Operate("/", a);
        return a.Number(1) is long ? (long)Math.Floor(Arithmetic.ToDouble(quotient!)) : quotient;
    }

    private static string Format(BoundArguments a)
    {
        try
        {
            return ((IFormattable)Formattable(a)).ToString(a.Text(1), a.CultureOr(2));
        }
        catch (FormatException wrong)
        {
            throw a.Fail($"`{a.Text(1)}` isn't a number format", wrong);
        }
    }

    private static object Formattable(BoundArguments a)
    {
        var number = a.Number(0);

        // A precision of a thousand million digits is a way to fill the memory.
        var digits = a.Text(1).AsSpan().TrimStart("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var precision) && precision > 100
            ? throw a.Fail("a format has at most 100 digits")
            : number;
    }
}
