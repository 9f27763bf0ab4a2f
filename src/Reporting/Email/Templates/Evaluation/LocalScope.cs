namespace LifecycleMetrics.Reporting.Email.Templates.Evaluation;

/// <summary>The <c>$names</c> and arguments of one function call or included page.</summary>
internal sealed class LocalScope(CallArguments arguments)
{
    public Dictionary<string, object?> Variables { get; } = [];

    public CallArguments Arguments => arguments;
}
