using ClickHouse.Embedded.Configuration;
using ClickHouse.Embedded.Install;
using ClickHouse.Embedded.Supervision;
using Microsoft.Extensions.Logging;

namespace ClickHouse.Embedded;

/// <summary>
/// The real ClickHouse engine in a supervised child process: bound to 127.0.0.1, with its own data directory and users.
/// If it ends by itself it is started again on the same ports, so connection strings stay good.
/// </summary>
public sealed class EmbeddedClickHouse : IAsyncDisposable
{
    private readonly EngineLaunch _launch;
    private readonly EngineCredentials _credentials;
    private readonly string _database;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _supervision;
    private EngineProcess _process;

    private EmbeddedClickHouse(
        EngineLaunch launch, EngineCredentials credentials, string database, EngineProcess process, ILogger logger)
    {
        _launch = launch;
        _credentials = credentials;
        _database = database;
        _process = process;
        _logger = logger;
        _supervision = SuperviseAsync();
    }

    /// <summary>Port of the HTTP interface on 127.0.0.1.</summary>
    public int HttpPort => _launch.HttpPort;

    /// <summary>Port of the native interface on 127.0.0.1.</summary>
    public int NativePort => _launch.NativePort;

    /// <summary>The engine's process now; another one after a restart.</summary>
    public int ProcessId => Volatile.Read(ref _process).Id;

    /// <summary>Raised after the engine ended by itself and answers again.</summary>
    public event EventHandler? Restarted;

    /// <summary>Starts the engine and waits until it answers.</summary>
    /// <exception cref="EmbeddedClickHouseException">It can't be started; the message says what to do.</exception>
    public static async Task<EmbeddedClickHouse> StartAsync(
        EmbeddedClickHouseOptions options, ILoggerFactory loggerFactory, CancellationToken cancellationToken)
    {
        var logger = loggerFactory.CreateLogger<EmbeddedClickHouse>();
        var library = EngineLibrary.Find(options.LibraryPath);
        var httpPort = FreePort.Take(options.HttpPort, "ClickHouse:HttpPort");
        var nativePort = FreePort.Take(options.NativePort, "ClickHouse:NativePort");
        var directory = new EngineDirectory(options.DataDirectory);
        var credentials = EngineCredentials.LoadOrCreate(directory.CredentialsFile);
        EngineConfig.Write(directory, credentials, options);

        var launch = new EngineLaunch(
            library, directory, httpPort, nativePort, credentials.Password(EngineUser.Writer), options.StartTimeout,
            options.StopTimeout);
        var process = await EngineStart.RunAsync(launch, logger, cancellationToken);
        Log.Started(logger, process.Id, httpPort, directory.Root);

        var engine = new EmbeddedClickHouse(launch, credentials, options.Databases[0], process, logger);
        try
        {
            using var probe = new EngineProbe(launch);
            foreach (var database in options.Databases)
                await probe.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {database}", cancellationToken);
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connection string for a user of this engine.</summary>
    /// <param name="user">The user.</param>
    /// <param name="database">Database; null takes the first of the options.</param>
    public string ConnectionString(EngineUser user, string? database = null) =>
        $"Host=127.0.0.1;Port={HttpPort};Protocol=http;Username={EngineCredentials.Name(user)};" +
        $"Password={_credentials.Password(user)};Database={database ?? _database}";

    /// <summary>Stops the engine and waits until it has closed its files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested) return;
        await _stopping.CancelAsync();
        await _supervision;
        await _process.DisposeAsync();
        _stopping.Dispose();
        Log.Stopped(_logger);
    }

    private async Task SuperviseAsync()
    {
        var backOff = new RestartBackOff();
        try
        {
            while (true)
            {
                await _process.WaitForExitAsync(_stopping.Token);
                var ran = _process.Ran;
                var wait = backOff.Next(ran);
                Log.EndedByItself(_logger, _process.ExitCode, ran, wait, _process.LastWords());
                await RestartAsync(backOff, wait);
                Restarted?.Invoke(this, EventArgs.Empty);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The owner stops the engine.
        }
    }

    private async Task RestartAsync(RestartBackOff backOff, TimeSpan wait)
    {
        while (true)
        {
            await Task.Delay(wait, _stopping.Token);
            try
            {
                var process = await EngineStart.RunAsync(_launch, _logger, _stopping.Token);
                var ended = Interlocked.Exchange(ref _process, process);
                await ended.DisposeAsync();
                Log.Started(_logger, process.Id, HttpPort, _launch.Directory.Root);
                return;
            }
            catch (EmbeddedClickHouseException e)
            {
                wait = backOff.Next(TimeSpan.Zero);
                Log.RestartFailed(_logger, wait, e);
            }
        }
    }
}
