using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

internal sealed class ObjectLiteral(IReadOnlyList<KeyValuePair<string, Expression>> members, SourceLocation at) : Expression(at)
{
    public override object? Read(EvaluationContext context)
    {
        var map = new Dictionary<string, object?>(members.Count);
        foreach (var (name, value) in members) map[name] = value.Evaluate(context);
        return map;
    }
}
