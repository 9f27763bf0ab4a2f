namespace ClickHouse.Embedded;

/// <summary>The users the engine knows. Each has its own random password per data directory.</summary>
public enum EngineUser
{
    /// <summary>Owns the schema: creates tables and views, inserts, reads everything.</summary>
    Writer,

    /// <summary>Reads the published views for dashboards; can't write and can't see the tables beneath.</summary>
    Dashboards,

    /// <summary>Reads the published views for OData; can't write and can't see the tables beneath.</summary>
    OData,
}
