using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <param name="op">The arithmetic of <c>+=</c> and its like; null for <c>=</c>.</param>
internal sealed class AssignStatement(Expression target, string? op, Expression value, SourceLocation at) : Statement(at)
{
    public override Flow Execute(EvaluationContext context)
    {
        var result = value.Evaluate(context);
        if (op is not null) result = Arithmetic.Apply(op, target.Evaluate(context), result, context, At);
        ((IAssignable)target).Assign(result, context);
        return Flow.Next;
    }
}
