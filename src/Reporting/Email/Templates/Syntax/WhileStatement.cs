using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

internal sealed class WhileStatement(Expression condition, Block body, SourceLocation at) : Statement(at)
{
    public override Flow Execute(EvaluationContext context) =>
        LoopBody.Run(WhileTrue(context), new LoopState(null), "while", (_, _) => { }, body, context, At);

    private IEnumerable<object?> WhileTrue(EvaluationContext context)
    {
        while (ValueKind.IsTruthy(condition.Evaluate(context))) yield return null;
    }
}
