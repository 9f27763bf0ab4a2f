using LifecycleMetrics.Testing;

namespace LifecycleMetrics.Oracle.Tests.Agreement;

/// <summary>The database that histories take turns on.</summary>
public sealed class OracleFixture(EngineFixture engine) : IAsyncLifetime
{
    private OracleDatabase? _database;

    internal OracleDatabase Database => _database ?? throw new InvalidOperationException("The database is not there yet.");

    public async ValueTask InitializeAsync() => _database = await OracleDatabase.CreateAsync(engine);

    public async ValueTask DisposeAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
    }
}
