using LifecycleMetrics.Testing;

namespace LifecycleMetrics.Reporting.Tests.OData;

/// <summary>The service over real HTTP on the real engine, on rows that are known exactly and nobody changes.</summary>
public sealed class ODataServiceFixture(EngineFixture engine) : IAsyncLifetime
{
    private TestDatabase? _database;
    private ODataHost? _host;

    internal TestDatabase Database => _database ?? throw new InvalidOperationException("The database is not there yet.");

    internal ODataHost Host => _host ?? throw new InvalidOperationException("The service does not run yet.");

    public async ValueTask InitializeAsync()
    {
        _database = await SomeData.CreateAsync(engine);
        _host = await ODataHost.StartAsync(_database);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }
}
