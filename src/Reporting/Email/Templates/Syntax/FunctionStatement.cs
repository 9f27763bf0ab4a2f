using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

internal sealed class FunctionStatement(string name, bool isLocal, ITemplateFunction function, SourceLocation at) : Statement(at)
{
    public override Flow Execute(EvaluationContext context)
    {
        var scope = isLocal ? context.Locals.Variables : context.Frame.Variables;
        scope[name] = function;
        return Flow.Next;
    }
}
