using LifecycleMetrics.Server.Configuration;
using LifecycleMetrics.Server.Engine;
using LifecycleMetrics.Server.Local;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LifecycleMetrics.Server.Hosting;

/// <summary>A server from start to stop: its lock on the data directory, its engine, its web application and its run file.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly DatabaseAccess _database;
    private readonly ILoggerFactory _loggerFactory;
    private readonly RunLock _runLock;
    private readonly string _dataDirectory;

    private RunningServer(
        WebApplication app, DatabaseAccess database, ILoggerFactory loggerFactory, RunLock runLock, string dataDirectory, string url, string localKey)
    {
        LocalKey = localKey;
        App = app;
        _database = database;
        _loggerFactory = loggerFactory;
        _runLock = runLock;
        _dataDirectory = dataDirectory;
        Url = url;
    }

    public WebApplication App { get; }

    /// <summary>A write key that is good on this machine while the server runs.</summary>
    public string LocalKey { get; }

    /// <summary>The first address it listens on.</summary>
    public string Url { get; }

    public static async Task<RunningServer> StartAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(settings.DataDirectory);
        var runLock = await RunLock.TakeAsync(settings.DataDirectory, cancellationToken);
        try
        {
            RunFile.Delete(settings.DataDirectory); // of a server that was killed
            return await StartAsync(settings, runLock, cancellationToken);
        }
        catch
        {
            runLock.Dispose();
            throw;
        }
    }

    private static async Task<RunningServer> StartAsync(ServerSettings settings, RunLock runLock, CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationBuilder().AddServerSettings(settings.Overrides).Build();
        var loggerFactory = LoggerFactory.Create(logging => logging.AddConfiguration(configuration.GetSection("Logging")).AddConsole());
        var database = await DatabaseAccess.OpenAsync(configuration, settings.DataDirectory, loggerFactory, cancellationToken);
        try
        {
            return await StartAsync(settings, database, loggerFactory, runLock, cancellationToken);
        }
        catch
        {
            await database.DisposeAsync();
            loggerFactory.Dispose();
            throw;
        }
    }

    private static async Task<RunningServer> StartAsync(
        ServerSettings settings, DatabaseAccess database, ILoggerFactory loggerFactory, RunLock runLock, CancellationToken cancellationToken)
    {
        var localKey = new LocalWriteKey();
        var overrides = settings.Overrides
            .Concat(database.Settings)
            .Concat(DataSettings.For(settings.DataDirectory))
            .Concat(KeySettings.Write(index: 100, LocalWriteKey.Id, source: "import", localKey.Text))
            .ToDictionary();
        var app = ServerApp.Build(settings with { Overrides = overrides });
        try
        {
            await app.StartAsync(cancellationToken);
            var url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            new RunFile(Environment.ProcessId, url, localKey.Text, database.Settings).Write(settings.DataDirectory);
            return new RunningServer(app, database, loggerFactory, runLock, settings.DataDirectory, url, localKey.Text);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops in the order of the flow: no more events, spool drained, engine closed.</summary>
    public async ValueTask DisposeAsync()
    {
        RunFile.Delete(_dataDirectory);
        if (!App.Lifetime.ApplicationStopped.IsCancellationRequested) await App.StopAsync(CancellationToken.None);
        await App.DisposeAsync();
        await _database.DisposeAsync();
        _loggerFactory.Dispose();
        _runLock.Dispose();
    }
}
