using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary><c>a..b</c> with b, <c>a..&lt;b</c> without.</summary>
internal sealed class RangeExpression(bool isInclusive, Expression left, Expression right, SourceLocation at) : Expression(at)
{
    public override object? Read(EvaluationContext context)
    {
        if (left.Evaluate(context) is not long first || right.Evaluate(context) is not long last)
        {
            throw new TemplateException(At, "A range goes from an integer to an integer.");
        }

        if (!isInclusive) last--;
        if (last < first) return new List<object?>();
        var limit = context.Settings.Limits.LoopSteps;
        if (last - first < 0 || last - first >= limit) throw new TemplateException(At, $"The range {first}..{last} is longer than the limit of {limit}.");
        var list = new List<object?>();
        for (var value = first; value <= last; value++) list.Add(value);
        return list;
    }
}
