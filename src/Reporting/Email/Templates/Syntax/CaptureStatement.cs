using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

internal sealed class CaptureStatement(Expression target, Block body, SourceLocation at) : Statement(at)
{
    public override Flow Execute(EvaluationContext context)
    {
        var flow = Flow.Next;
        var text = context.Capture(() => flow = body.Execute(context));
        ((IAssignable)target).Assign(text, context);
        return flow;
    }
}
