using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary><c>func name</c>: takes any arguments as <c>$0</c>, <c>$1</c>, … and sees the names of its caller.</summary>
internal sealed class SimpleFunction(string name, Block body) : ITemplateFunction
{
    public string Name => name;

    public object? Invoke(CallArguments arguments, EvaluationContext context) =>
        context.WithLocals(arguments, () => body.Execute(context));
}
