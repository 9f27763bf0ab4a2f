using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary><c>@function</c>: the function itself, not its result.</summary>
internal sealed class Alias(Expression function, SourceLocation at) : Expression(at)
{
    public override object? Read(EvaluationContext context) => function.Read(context);
}
