namespace LifecycleMetrics.Reporting.Email.Templates.Syntax;

/// <summary>The parameters of a <c>for</c>: reversed first, then offset, then limit.</summary>
internal sealed record ForOptions(Expression? Offset, Expression? Limit, bool IsReversed)
{
    public bool IsPlain => Offset is null && Limit is null && !IsReversed;
}
