using LifecycleMetrics.Testing;

namespace LifecycleMetrics.Lifecycle.Tests.Support;

/// <summary>One database for all tests of a class; T is a thousand days after the first event.</summary>
public sealed class SharedLifecycle(EngineFixture engine) : IAsyncLifetime
{
    private LifecycleDatabase? _database;

    internal LifecycleDatabase Database => _database ?? throw new InvalidOperationException("The database is not there yet.");

    public async ValueTask InitializeAsync() => _database = await LifecycleDatabase.CreateAsync(engine, Some.Day(1000));

    public async ValueTask DisposeAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
    }
}
