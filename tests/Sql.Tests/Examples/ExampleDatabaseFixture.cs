using LifecycleMetrics.Testing;

namespace LifecycleMetrics.Sql.Tests.Examples;

/// <summary>The database the examples take turns on.</summary>
public sealed class ExampleDatabaseFixture(EngineFixture engine) : IAsyncLifetime
{
    private RefreshedDatabase? _database;

    internal RefreshedDatabase Database => _database ?? throw new InvalidOperationException("The database is not there yet.");

    public async ValueTask InitializeAsync() => _database = await RefreshedDatabase.CreateAsync(engine);

    public async ValueTask DisposeAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
    }
}
