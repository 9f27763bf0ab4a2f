using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

internal sealed class IfStatement(Expression condition, Block then, Block? otherwise, SourceLocation at) : Statement(at)
{
    public override Flow Execute(EvaluationContext context) => ValueKind.IsTruthy(condition.Evaluate(context))
        ? then.Execute(context)
        : otherwise?.Execute(context) ?? Flow.Next;
}
