using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary><c>$.name</c>: an argument given by name, or null.</summary>
internal sealed class NamedArgumentAccess(string name, SourceLocation at) : Expression(at)
{
    public override object? Read(EvaluationContext context) =>
        context.Locals.Arguments.Named.TryGetValue(name, out var value) ? value : null;
}
