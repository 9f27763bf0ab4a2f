namespace LifecycleMetrics.Reporting.Access;

/// <summary>Section <c>Reporting</c>: the keys that may read OData and dashboards.</summary>
public sealed class ReadKeyOptions
{
    public const string Section = "Reporting";

    /// <summary>Keys known from configuration. None: only keys from other places (such as the demo's) are accepted.</summary>
    public IList<ReadKeyEntry> Keys { get; } = [];
}
