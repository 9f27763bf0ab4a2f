using ClickHouse.Data;
using ClickHouse.Embedded;
using LifecycleMetrics.Storage;
using LifecycleMetrics.Storage.Schema;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace LifecycleMetrics.Testing;

/// <summary>A database on the test engine, with the product's three users.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly EmbeddedClickHouse _engine;

    /// <param name="engine">The engine.</param>
    /// <param name="name">Name of the database; the engine must have been started with it.</param>
    public TestDatabase(EmbeddedClickHouse engine, string name)
    {
        _engine = engine;
        Name = name;
        Writer = new ClickHouseDataSource(ConnectionString(StorageUser.Writer));
        Dashboards = new ClickHouseDataSource(ConnectionString(StorageUser.Dashboards));
        OData = new ClickHouseDataSource(ConnectionString(StorageUser.OData));
    }

    public string Name { get; }

    public ClickHouseDataSource Writer { get; }

    public ClickHouseDataSource Dashboards { get; }

    public ClickHouseDataSource OData { get; }

    /// <summary>Connection string of a user for this database.</summary>
    public string ConnectionString(StorageUser user) => _engine.ConnectionString(
        user switch
        {
            StorageUser.Dashboards => EngineUser.Dashboards,
            StorageUser.OData => EngineUser.OData,
            _ => EngineUser.Writer,
        },
        Name);

    /// <summary>Configuration entries that point the product at this database.</summary>
    public Dictionary<string, string?> Configuration() => new()
    {
        ["ClickHouse:ConnectionString"] = ConnectionString(StorageUser.Writer),
        ["ClickHouse:DashboardsConnectionString"] = ConnectionString(StorageUser.Dashboards),
        ["ClickHouse:ODataConnectionString"] = ConnectionString(StorageUser.OData),
    };

    /// <summary>Applies the product's tables, views and report settings.</summary>
    public Task MigrateAsync(ReportSettings? settings = null, TimeProvider? time = null) =>
        new SchemaMigrator(
            Writer,
            Options.Create(new StorageOptions { ConnectionString = ConnectionString(StorageUser.Writer) }),
            Options.Create(settings ?? new ReportSettings()),
            time ?? TimeProvider.System,
            NullLogger<SchemaMigrator>.Instance).MigrateAsync(TestContext.Current.CancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await Dashboards.DisposeAsync();
        await OData.DisposeAsync();
    }
}
