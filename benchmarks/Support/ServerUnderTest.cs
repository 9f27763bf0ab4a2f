using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClickHouse.Data;

namespace LifecycleMetrics.Benchmarks.Support;

/// <summary>
/// The server as it ships, in a process of its own with its own embedded engine, on an empty data directory or on one
/// that is kept.
/// </summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    public const string Key = "lm_write_bench_0123456789abcdef";
    public const string Source = "bench";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly bool _isKept;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _isFault;
    private string _connectionString = "";

    private ServerUnderTest(Process process, string directory, bool isKept)
    {
        _process = process;
        _isKept = isKept;
        Directory = directory;
    }

    public string Directory { get; }

    public Uri Url { get; private set; } = null!;

    public CpuClock Server => new(_process.Id);

    public CpuClock Engine => new(EngineProcessId);

    public int EngineProcessId { get; private set; }

    /// <summary>The engine, as the server's writing user.</summary>
    public ClickHouseDataSource ClickHouse { get; private set; } = null!;

    /// <param name="directory">Data directory.</param>
    /// <param name="settings">Settings beside those of every benchmark.</param>
    /// <param name="role">What the server does: ingest, reporting or all.</param>
    /// <param name="isKept">What is in the directory is used, and stays.</param>
    public static async Task<ServerUnderTest> StartAsync(
        string directory, IReadOnlyDictionary<string, string>? settings = null, string role = "ingest", bool isKept = false)
    {
        if (!isKept && System.IO.Directory.Exists(directory))
            System.IO.Directory.Delete(directory, recursive: true);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "lifecycle-metrics.dll"), "serve", "--role", role,
            "--data", directory, "--urls", "http://127.0.0.1:0",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in Settings(settings))
            start.Environment["LIFECYCLE_" + name.Replace(":", "__", StringComparison.Ordinal)] = value;

        var server = new ServerUnderTest(new Process { StartInfo = start }, directory, isKept);
        await server.RunAsync();
        return server;
    }

    /// <summary>Sends a signal to the engine, such as STOP or CONT.</summary>
    public void SignalEngine(string signal) =>
        Process.Start("kill", [$"-{signal}", EngineProcessId.ToString(CultureInfo.InvariantCulture)]).WaitForExit();

    /// <summary>One number, asked of ClickHouse.</summary>
    public Task<double> ScalarAsync(string sql) => ClickHouse.ScalarAsync(sql);

    public Task ExecuteAsync(string sql) => ClickHouse.ExecuteAsync(sql);

    /// <summary>The result of a query with a format clause, as it comes.</summary>
    public async Task<byte[]> DownloadAsync(string sql)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = _connectionString };
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://{parts["Host"]}:{parts["Port"]}/"));
        request.Headers.Add("X-ClickHouse-User", (string)parts["Username"]);
        request.Headers.Add("X-ClickHouse-Key", (string)parts["Password"]);
        request.Headers.Add("X-ClickHouse-Database", (string)parts["Database"]);
        request.Content = new StringContent(sql);
        using var response = await client.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode ? body : throw new InvalidOperationException(Encoding.UTF8.GetString(body));
    }

    /// <summary>The value of a metric of the server, all its series added.</summary>
    public async Task<double> MetricAsync(string name)
    {
        using var client = new HttpClient();
        var text = await client.GetStringAsync(new Uri(Url, "/metrics"));
        return text.Split('\n')
            .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is ' ' or '{')
            .Sum(line => double.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[line.Contains('}', StringComparison.Ordinal) ? 0 : 1], CultureInfo.InvariantCulture));
    }

    /// <summary>Ends the server without a drain: what its spool holds does not matter any more.</summary>
    public async Task KillAsync()
    {
        using var engine = Process.GetProcessById(EngineProcessId);
        _process.Kill();
        await _process.WaitForExitAsync();
        // It notices that the server is gone, and closes its files.
        await engine.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        if (ClickHouse is not null)
            await ClickHouse.DisposeAsync();
        if (!_isKept && System.IO.Directory.Exists(Directory))
            System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static Dictionary<string, string> Settings(IReadOnlyDictionary<string, string>? more)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Ingest:Keys:0:Id"] = "bench",
            ["Ingest:Keys:0:Source"] = Source,
            ["Ingest:Keys:0:Sha256"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key))),
            // Ingest is measured; what follows from the events has benchmarks of its own.
            ["Lifecycle:RefreshInterval"] = "01:00:00",
        };
        foreach (var (name, value) in more ?? new Dictionary<string, string>(StringComparer.Ordinal))
            settings[name] = value;
        return settings;
    }

    private async Task RunAsync()
    {
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var ended = _process.WaitForExitAsync();
        if (await Task.WhenAny(_ready.Task, ended).WaitAsync(StartTimeout) == ended)
            throw new InvalidOperationException($"The server ended with code {_process.ExitCode}:\n{_output}");
        Url = new Uri(await _ready.Task);

        var runFile = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Directory, "run.json"))).RootElement;
        _connectionString = runFile.GetProperty(nameof(ClickHouse)).GetProperty("ClickHouse:ConnectionString").GetString()!;
        ClickHouse = new ClickHouseDataSource(_connectionString);
        EngineProcessId = ChildProcess.Of(_process.Id);
    }

    private void Take(string? line)
    {
        const string marker = "Ready at ";
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
        if (line.StartsWith(marker, StringComparison.Ordinal))
            _ready.TrySetResult(line[marker.Length..].Trim());
        // A fault spoils the measurement; it takes the lines up to the next entry.
        if (line.Length > 5 && line[4] == ':')
            _isFault = line.StartsWith("warn", StringComparison.Ordinal) || line.StartsWith("fail", StringComparison.Ordinal);
        if (_isFault)
            Console.Error.WriteLine($"  server: {line}");
    }
}
