using ClickHouse.Data.Tests.Support;
using ClickHouse.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: AssemblyFixture(typeof(Engine))]

namespace ClickHouse.Data.Tests.Support;

/// <summary>The real engine, once for all tests of this assembly; they use it through the provider alone.</summary>
public sealed class Engine : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("clickhouse-data-tests-");
    private EmbeddedClickHouse? _engine;
    private ClickHouseDataSource? _source;

    /// <summary>All tests share it: they use table names of their own.</summary>
    public ClickHouseDataSource Source => _source ?? throw new InvalidOperationException("The engine is not started.");

    public string ConnectionString { get; private set; } = string.Empty;

    public string ReaderConnectionString => _engine!.ConnectionString(EngineUser.OData);

    public async ValueTask InitializeAsync()
    {
        _engine = await EmbeddedClickHouse.StartAsync(
            new EmbeddedClickHouseOptions { DataDirectory = _directory.FullName }, NullLoggerFactory.Instance, CancellationToken.None);
        ConnectionString = _engine.ConnectionString(EngineUser.Writer);
        _source = new ClickHouseDataSource(ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (_source is not null)
        {
            await _source.DisposeAsync();
        }

        if (_engine is not null)
        {
            await _engine.DisposeAsync();
        }

        _directory.Delete(recursive: true);
    }
}
