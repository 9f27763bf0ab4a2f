using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary><c>break</c> and <c>continue</c>.</summary>
internal sealed class JumpStatement(Flow flow, SourceLocation at) : Statement(at)
{
    public override Flow Execute(EvaluationContext context) => flow;
}
