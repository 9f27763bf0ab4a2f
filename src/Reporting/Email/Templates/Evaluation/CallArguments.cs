namespace LifecycleMetrics.Reporting.Email.Templates.Evaluation;

/// <summary>The evaluated arguments of one call; a piped value is the first positional one.</summary>
internal sealed class CallArguments(
    IReadOnlyList<object?> positional, IReadOnlyDictionary<string, object?> named, SourceLocation at)
{
    public static IReadOnlyDictionary<string, object?> NoNames { get; } = new Dictionary<string, object?>();

    public IReadOnlyList<object?> Positional => positional;

    public IReadOnlyDictionary<string, object?> Named => named;

    public SourceLocation At => at;

    public static CallArguments None(SourceLocation at) => new([], NoNames, at);
}
