using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary>A node that does something.</summary>
internal abstract class Statement(SourceLocation at)
{
    public SourceLocation At => at;

    public abstract Flow Execute(EvaluationContext context);
}
