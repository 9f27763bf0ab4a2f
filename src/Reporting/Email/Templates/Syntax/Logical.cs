using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary><c>&amp;&amp;</c> and <c>||</c>: a boolean, the right side only where it matters.</summary>
internal sealed class Logical(bool isAnd, Expression left, Expression right, SourceLocation at) : Expression(at)
{
    public override object? Read(EvaluationContext context)
    {
        var first = ValueKind.IsTruthy(left.Evaluate(context));
        return first == isAnd ? ValueKind.IsTruthy(right.Evaluate(context)) : first;
    }
}
