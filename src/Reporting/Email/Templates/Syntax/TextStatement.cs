using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

internal sealed class TextStatement(string text, SourceLocation at) : Statement(at)
{
    public bool IsBlank => string.IsNullOrWhiteSpace(text);

    public override Flow Execute(EvaluationContext context)
    {
        context.Write(text, At);
        return Flow.Next;
    }
}
