namespace LifecycleMetrics.Reporting.Email.Templates.Parsing;

/// <summary>Refuses a template that nests, or chains operators, deeper than the evaluator may go.</summary>
internal sealed class DepthGuard(int limit)
{
    private int _depth;

    public int Depth => _depth;

    public void Enter(SourceLocation at)
    {
        if (++_depth > limit) throw new TemplateException(at, $"This nests, or chains operators, more than {limit} deep.");
    }

    /// <summary>Goes back to an earlier depth.</summary>
    public void ReturnTo(int depth) => _depth = depth;
}
