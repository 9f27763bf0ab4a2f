using ClickHouse.Embedded;
using LifecycleMetrics.Server.Local;
using LifecycleMetrics.Storage;

namespace LifecycleMetrics.Server.Engine;

/// <summary>
/// The ClickHouse a verb works with: the configured server, else the engine of the server that runs on the data
/// directory, else an embedded engine of its own.
/// </summary>
internal sealed class DatabaseAccess : IAsyncDisposable
{
    private readonly EmbeddedClickHouse? _engine;

    private DatabaseAccess(EmbeddedClickHouse? engine, Dictionary<string, string?> settings)
    {
        _engine = engine;
        Settings = settings;
    }

    /// <summary>The connection strings, as configuration entries.</summary>
    public Dictionary<string, string?> Settings { get; }

    public static async Task<DatabaseAccess> OpenAsync(
        IConfiguration configuration, string dataDirectory, ILoggerFactory loggerFactory, CancellationToken cancellationToken)
    {
        var section = configuration.GetSection(StorageOptions.Section);
        if (!string.IsNullOrEmpty(section[nameof(StorageOptions.ConnectionString)]))
            return new DatabaseAccess(null, []);
        if (RunFile.Find(dataDirectory) is { } running)
            return new DatabaseAccess(null, running.ClickHouse);

        var options = new EmbeddedClickHouseOptions { DataDirectory = Path.Combine(dataDirectory, "engine") };
        section.BindTo(options);
        var engine = await EmbeddedClickHouse.StartAsync(options, loggerFactory, cancellationToken);
        return new DatabaseAccess(engine, ConnectionStrings(engine));
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null) await _engine.DisposeAsync();
    }

    private static Dictionary<string, string?> ConnectionStrings(EmbeddedClickHouse engine) => new()
    {
        [Key(nameof(StorageOptions.ConnectionString))] = engine.ConnectionString(EngineUser.Writer),
        [Key(nameof(StorageOptions.DashboardsConnectionString))] = engine.ConnectionString(EngineUser.Dashboards),
        [Key(nameof(StorageOptions.ODataConnectionString))] = engine.ConnectionString(EngineUser.OData),
    };

    private static string Key(string name) => $"{StorageOptions.Section}:{name}";
}
