using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

internal sealed class ReturnStatement(Expression? value, SourceLocation at) : Statement(at)
{
    public override Flow Execute(EvaluationContext context)
    {
        context.ReturnValue = value?.Evaluate(context);
        return Flow.Return;
    }
}
