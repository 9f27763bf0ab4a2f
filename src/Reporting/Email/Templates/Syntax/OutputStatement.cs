using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary>An expression whose value is put out.</summary>
internal sealed class OutputStatement(Expression expression) : Statement(expression.At)
{
    public override Flow Execute(EvaluationContext context)
    {
        context.Write(expression.Evaluate(context), At);
        return Flow.Next;
    }
}
