using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

internal sealed class Variable(string name, SourceLocation at) : Expression(at), IAssignable
{
    public string Name => name;

    public override bool IsPath => true;

    public override object? Read(EvaluationContext context) => context.Resolve(name, At);

    public void Assign(object? value, EvaluationContext context) => context.Frame.Variables[name] = value;
}
