namespace LifecycleMetrics.Storage;

/// <summary>Who talks to ClickHouse; also the key of the data source in the service collection.</summary>
public enum StorageUser
{
    /// <summary>Owns the schema, inserts events and refreshes what is derived from them.</summary>
    Writer,

    /// <summary>Reads published views for dashboards and e-mail reports.</summary>
    Dashboards,

    /// <summary>Reads published views for OData.</summary>
    OData,
}
