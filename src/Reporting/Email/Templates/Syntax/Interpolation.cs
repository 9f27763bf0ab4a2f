using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary><c>$"text {expression}"</c></summary>
internal sealed class Interpolation(IReadOnlyList<Expression> parts, SourceLocation at) : Expression(at)
{
    public override object? Read(EvaluationContext context) =>
        context.Limit(string.Concat(parts.Select(part => context.Text(part.Evaluate(context)))), At);
}
