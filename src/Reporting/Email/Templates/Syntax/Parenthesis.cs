using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary>A path in parentheses.</summary>
internal sealed class Parenthesis(Expression inner) : Expression(inner.At)
{
    public override object? Read(EvaluationContext context) => inner.Evaluate(context);
}
