namespace LifecycleMetrics.Reporting.OData.Answers;

/// <summary>How much control information stands in a JSON answer.</summary>
internal enum MetadataLevel
{
    None,
    Minimal,
}
