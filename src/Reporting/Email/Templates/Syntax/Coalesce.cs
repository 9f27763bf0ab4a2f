using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary><c>??</c> gives the right side where the left is null, <c>?!</c> where it is not.</summary>
internal sealed class Coalesce(bool whenNull, Expression left, Expression right, SourceLocation at) : Expression(at)
{
    public override object? Read(EvaluationContext context)
    {
        var value = left.Evaluate(context);
        return value is null == whenNull ? right.Evaluate(context) : value;
    }
}
