namespace LifecycleMetrics.Storage;

/// <summary>Where ClickHouse is (configuration section <c>ClickHouse</c>).</summary>
public sealed class StorageOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "ClickHouse";

    /// <summary>Connection string of the writer. Empty: the server starts its embedded engine.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// Connection string of the read-only user for dashboards and e-mail reports. Empty: the writer's is used, and
    /// whoever gets round the server's own checks could write.
    /// </summary>
    public string DashboardsConnectionString { get; set; } = "";

    /// <summary>Connection string of the read-only user for OData. Empty: the writer's is used.</summary>
    public string ODataConnectionString { get; set; } = "";

    /// <summary>How long a start waits for ClickHouse to answer before it gives up and says so.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long the lock of a migration counts without being renewed. A runner renews it while it works; the lock of one
    /// that died is overridden after this time.
    /// </summary>
    public TimeSpan MigrationLease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The connection string a user has, or the writer's.</summary>
    public string For(StorageUser user) => user switch
    {
        StorageUser.Dashboards when DashboardsConnectionString.Length > 0 => DashboardsConnectionString,
        StorageUser.OData when ODataConnectionString.Length > 0 => ODataConnectionString,
        _ => ConnectionString,
    };
}
