using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary>Arithmetic and comparison.</summary>
internal sealed class Binary(string op, Expression left, Expression right, SourceLocation at) : Expression(at)
{
    public Expression Left => left;

    public override object? Read(EvaluationContext context)
    {
        var first = left.Evaluate(context);
        var second = right.Evaluate(context);
        return op is "+" or "-" or "*" or "/" or "//" or "%"
            ? Arithmetic.Apply(op, first, second, context, At)
            : Comparison.Apply(op, first, second, context, At);
    }

    public Binary WithLeft(Expression replacement) => new(op, replacement, right, At);
}
