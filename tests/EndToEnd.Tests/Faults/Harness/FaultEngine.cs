using System.Diagnostics;
using System.Globalization;
using ClickHouse.Embedded;
using LifecycleMetrics.EndToEnd.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

/// <summary>A ClickHouse engine of the test's own, which it can kill, stall and start again on the same port and files.</summary>
internal sealed class FaultEngine : IAsyncDisposable
{
    private readonly DataDirectory _data = new();
    private EmbeddedClickHouse _engine = null!;

    private FaultEngine()
    {
    }

    public int Port => _engine.HttpPort;

    /// <summary>The engine's files.</summary>
    public string Files => _data.Path;

    public static async Task<FaultEngine> StartAsync()
    {
        var engine = new FaultEngine();
        await PreparedEngine.CopyToAsync(engine._data.Path);
        engine._engine = await engine.OpenAsync(0, 0);
        return engine;
    }

    /// <param name="port">Another port to reach it by, as a proxy's.</param>
    public string ConnectionString(int? port = null) => _engine.ConnectionString(EngineUser.Writer)
        .Replace($"Port={Number(Port)};", $"Port={Number(port ?? Port)};", StringComparison.Ordinal);

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        using (var process = Process.GetProcessById(_engine.ProcessId))
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        await _engine.DisposeAsync();
    }

    public async Task StartAgainAsync() => _engine = await OpenAsync(_engine.HttpPort, _engine.NativePort);

    /// <summary>SIGSTOP: connections stay open and nothing answers.</summary>
    public Task StallAsync() => Signal.SendAsync("STOP", _engine.ProcessId);

    public Task ResumeAsync() => Signal.SendAsync("CONT", _engine.ProcessId);

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        _data.Dispose();
    }

    private Task<EmbeddedClickHouse> OpenAsync(int httpPort, int nativePort) => EmbeddedClickHouse.StartAsync(
        new EmbeddedClickHouseOptions { DataDirectory = _data.Path, MemoryShare = 0.25, HttpPort = httpPort, NativePort = nativePort },
        NullLoggerFactory.Instance,
        TestContext.Current.CancellationToken);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
