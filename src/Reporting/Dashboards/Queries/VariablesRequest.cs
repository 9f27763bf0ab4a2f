namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>Asks for the choices of a dashboard's variables.</summary>
/// <param name="From">Milliseconds since 1970 (UTC).</param>
/// <param name="To">Milliseconds since 1970 (UTC).</param>
/// <param name="Variables">Chosen values; one that is no choice (any more) is replaced by the default.</param>
public sealed record VariablesRequest(
    long From, long To, IReadOnlyDictionary<string, IReadOnlyList<string>>? Variables = null);
