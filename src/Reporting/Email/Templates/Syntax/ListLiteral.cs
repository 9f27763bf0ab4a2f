using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

internal sealed class ListLiteral(IReadOnlyList<Expression> items, SourceLocation at) : Expression(at)
{
    public override object? Read(EvaluationContext context) => items.Select(item => item.Evaluate(context)).ToList();
}
