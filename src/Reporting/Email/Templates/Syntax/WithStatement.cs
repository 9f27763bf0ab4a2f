using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

internal sealed class WithStatement(Expression target, Block body, SourceLocation at) : Statement(at)
{
    public override Flow Execute(EvaluationContext context) => target.Evaluate(context) is Dictionary<string, object?> map
        ? context.WithFrame(new Frame(map), () => body.Execute(context))
        : throw new TemplateException(At, "`with` needs an object.");
}
