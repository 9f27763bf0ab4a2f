using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

internal sealed class Literal(object? value, SourceLocation at) : Expression(at)
{
    public object? Value => value;

    public override object? Read(EvaluationContext context) => value;
}
