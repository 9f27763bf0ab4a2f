using System.Globalization;
using System.Text.Json;
using LifecycleMetrics.EndToEnd.Tests.Support;

namespace LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

/// <summary>
/// A server that is started again and again on one data directory and one address, so that senders need not know. With the
/// connection string of an engine it is started for ingest alone; without, it has its embedded engine.
/// </summary>
internal sealed class FaultServer : IAsyncDisposable
{
    private readonly string? _connectionString;
    private ServerProcess? _process;

    /// <param name="connectionString">The engine; null: the embedded one.</param>
    public FaultServer(string? connectionString = null) => _connectionString = connectionString;

    public DataDirectory Data { get; } = new();

    public string Url { get; } = $"http://127.0.0.1:{FreePort.Take().ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Settings of this server; the defaults here make faults pass quickly and segments many.</summary>
    public Dictionary<string, string?> Settings { get; } = new()
    {
        ["LIFECYCLE_Ingest__Spool__SegmentBytes"] = "262144",
        ["LIFECYCLE_Ingest__Spool__ReservedDiskBytes"] = "0",
        ["LIFECYCLE_Ingest__Writer__MaxDelay"] = "00:00:00.050",
        ["LIFECYCLE_Ingest__Writer__MinBackOff"] = "00:00:00.050",
        ["LIFECYCLE_Ingest__Writer__MaxBackOff"] = "00:00:00.500",
    };

    /// <summary>A program that runs the server.</summary>
    public string[] Wrapper { get; set; } = [];

    public ServerProcess Process => _process!;

    public string Spool => Path.Combine(Data.Path, "spool");

    /// <summary>Starts it and waits for nothing.</summary>
    public void Start()
    {
        var settings = new Dictionary<string, string?>(Settings);
        if (_connectionString is not null) settings["LIFECYCLE_ClickHouse__ConnectionString"] = _connectionString;
        string[] role = _connectionString is null ? [] : ["--role", "ingest"];
        _process = ServerProcess.Start(new ServerLaunch(Data.Path, ["serve", .. role, "--urls", Url])
        {
            Environment = settings,
            Wrapper = Wrapper,
        });
    }

    public async Task StartReadyAsync()
    {
        if (_connectionString is null && !Directory.Exists(Path.Combine(Data.Path, "engine"))) await Data.PrepareAsync();
        Start();
        await Process.WaitForReadyAsync();
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        await Process.KillAsync();
        await Process.DisposeAsync();
        _process = null;
    }

    /// <summary>SIGTERM: it drains. Fails if it does not end as asked.</summary>
    public async Task StopAsync()
    {
        Assert.Equal(0, await Process.StopAsync());
        await Process.DisposeAsync();
        _process = null;
    }

    /// <summary>Connection string of the embedded engine, as the run file tells the other verbs.</summary>
    public string EmbeddedConnectionString()
    {
        using var run = JsonDocument.Parse(File.ReadAllText(Path.Combine(Data.Path, "run.json")));
        return run.RootElement.GetProperty("ClickHouse").GetProperty("ClickHouse:ConnectionString").GetString()!;
    }

    /// <summary>Every line of the dead letters.</summary>
    public IReadOnlyList<JsonElement> DeadLetters()
    {
        var directory = Path.Combine(Data.Path, "dead-letters");
        return !Directory.Exists(directory) ? [] :
        [
            .. Directory.GetFiles(directory).SelectMany(File.ReadLines).Select(line => JsonDocument.Parse(line).RootElement),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        Data.Dispose();
    }
}
