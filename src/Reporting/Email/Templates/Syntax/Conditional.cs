using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary><c>condition ? then : otherwise</c></summary>
internal sealed class Conditional(Expression condition, Expression then, Expression otherwise, SourceLocation at) : Expression(at)
{
    public override object? Read(EvaluationContext context) =>
        (ValueKind.IsTruthy(condition.Evaluate(context)) ? then : otherwise).Evaluate(context);
}
