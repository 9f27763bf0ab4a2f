using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

internal sealed class Block(IReadOnlyList<Statement> statements)
{
    public Flow Execute(EvaluationContext context)
    {
        foreach (var statement in statements)
        {
            context.CheckCancelled();
            var flow = statement.Execute(context);
            if (flow != Flow.Next) return flow;
        }

        return Flow.Next;
    }
}
