namespace LifecycleMetrics.Reporting.OData.Querying;

/// <summary>What a URL under <c>/odata</c> stands for.</summary>
internal enum ResourceKind
{
    ServiceDocument,
    Metadata,
    Collection,
    Count,
    Entity,
    Property,
    PropertyValue,
}
