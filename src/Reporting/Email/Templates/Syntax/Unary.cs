using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

internal sealed class Unary(string op, Expression operand, SourceLocation at) : Expression(at)
{
    public override object? Read(EvaluationContext context)
    {
        var value = operand.Evaluate(context);
        if (op == "!") return !ValueKind.IsTruthy(value);
        return (op, value) switch
        {
            (_, null) => null,
            ("+", long or double or decimal) => value,
            ("-", double real) => -real,
            ("-", decimal exact) => -exact,
            ("-", long integer) => Arithmetic.Apply("-", 0L, integer, context, At),
            _ => throw new TemplateException(At, $"`{op}` doesn't work on {ValueKind.NameOf(value)}."),
        };
    }
}
