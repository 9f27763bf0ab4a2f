using ClickHouse.Data;
using LifecycleMetrics.Benchmarks.Support;
using LifecycleMetrics.Lifecycle;
using LifecycleMetrics.Lifecycle.Visits;
using LifecycleMetrics.Server.Verbs;
using LifecycleMetrics.Storage;
using LifecycleMetrics.Storage.Schema;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>
/// The engine of a data directory without the server, and the server's refresher, which here runs when it is asked to.
/// All settings are as they ship.
/// </summary>
internal sealed class LifecycleEngine : IAsyncDisposable
{
    private readonly VerbServices _services;
    private readonly ClickHouseDataSource _logged;
    private readonly ILoggerFactory _progress;

    private LifecycleEngine(VerbServices services)
    {
        _services = services;
        // A rebuild says how far it is, beside the figures.
        _progress = LoggerFactory.Create(logging => logging
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .AddSimpleConsole(console => console.SingleLine = true));
        var provider = services.Services;
        ClickHouse = provider.GetRequiredKeyedService<ClickHouseDataSource>(StorageUser.Writer);
        Dashboards = provider.GetRequiredKeyedService<ClickHouseDataSource>(StorageUser.Dashboards);
        _logged = new ClickHouseDataSource(provider.GetRequiredService<IOptions<StorageOptions>>().Value.ConnectionString, Statements);
        Refresher = new LifecycleRefresher(
            _logged,
            Options,
            TimeProvider.System,
            provider.GetRequiredService<RefreshMetrics>(),
            _progress.CreateLogger<LifecycleRefresher>());
    }

    /// <summary>The engine's process.</summary>
    public CpuClock Process { get; } = new(ChildProcess.Of(Environment.ProcessId));

    /// <summary>The engine, as the writing user.</summary>
    public ClickHouseDataSource ClickHouse { get; }

    /// <summary>The engine, as the user of dashboards.</summary>
    public ClickHouseDataSource Dashboards { get; }

    /// <summary>The engine, as the writing user, with statements noted.</summary>
    public ClickHouseDataSource Logged => _logged;

    public LifecycleRefresher Refresher { get; }

    /// <summary>The statements of the refresher and of <see cref="Logged"/>.</summary>
    public StatementLog Statements { get; } = new();

    public IOptions<LifecycleOptions> Options => _services.Services.GetRequiredService<IOptions<LifecycleOptions>>();

    public static async Task<LifecycleEngine> OpenAsync(string directory)
    {
        var services = await VerbServices.OpenAsync(
            directory,
            (parts, configuration) => parts.AddStorage(configuration).AddLifecycle(configuration),
            CancellationToken.None);
        await services.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(CancellationToken.None);
        return new LifecycleEngine(services);
    }

    /// <summary>Takes in everything there is; a shop that was only loaded is worked out as a whole.</summary>
    public async Task BringUpToDateAsync()
    {
        if (await ClickHouse.ScalarAsync("select count() from subject_history") == 0)
            await Refresher.RebuildAsync(CancellationToken.None);
        await Refresher.BringUpToDateAsync(CancellationToken.None);
        Statements.Take();
    }

    public async ValueTask DisposeAsync()
    {
        Refresher.Dispose();
        await _logged.DisposeAsync();
        Statements.Dispose();
        _progress.Dispose();
        await _services.DisposeAsync();
    }
}
