using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary><c>^list</c>: the elements of a list as arguments of a call.</summary>
internal sealed class Expand(Expression list, SourceLocation at) : Expression(at)
{
    public override object? Read(EvaluationContext context) =>
        throw new TemplateException(At, "`^` stands before an argument of a call only.");

    public IReadOnlyList<object?> ReadList(EvaluationContext context) => list.Evaluate(context) as IReadOnlyList<object?>
        ?? throw new TemplateException(At, "`^` needs a list.");
}
