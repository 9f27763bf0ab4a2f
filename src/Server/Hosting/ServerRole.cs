namespace LifecycleMetrics.Server.Hosting;

/// <summary>What a server does; several servers can share one ClickHouse and split the work.</summary>
[Flags]
internal enum ServerRole
{
    /// <summary>Receives events and keeps the lifecycle up to date.</summary>
    Ingest = 1,

    /// <summary>Shows numbers: OData, dashboards, e-mail reports.</summary>
    Reporting = 2,

    /// <summary>Both.</summary>
    All = Ingest | Reporting,
}
