using ClickHouse.Data.Tests.Support;
using LifecycleMetrics.Storage;
using LifecycleMetrics.Testing;

[assembly: AssemblyFixture(typeof(Engine))]

namespace ClickHouse.Data.Tests.Support;

/// <summary>The real engine, once for all tests of this assembly, and an empty database on it.</summary>
public sealed class Engine : IAsyncLifetime
{
    private readonly EngineFixture _fixture = new();
    private TestDatabase? _database;

    /// <summary>All tests share it: they use table names of their own.</summary>
    public ClickHouseDataSource Source => Database.Writer;

    public string ConnectionString => Database.ConnectionString(StorageUser.Writer);

    public string ReaderConnectionString => Database.ConnectionString(StorageUser.OData);

    private TestDatabase Database => _database ?? throw new InvalidOperationException("The engine is not started.");

    public async ValueTask InitializeAsync()
    {
        await _fixture.InitializeAsync();
        _database = await _fixture.CreateDatabaseAsync(migrated: false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        await _fixture.DisposeAsync();
    }
}
