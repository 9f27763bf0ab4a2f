using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ClickHouse.Embedded.Supervision;

/// <summary>One run of the engine's process. It lives until its standard input is closed.</summary>
internal sealed class EngineProcess : IAsyncDisposable
{
    private const int KeptLines = 50;

    private readonly Process _process;
    private readonly EngineLaunch _launch;
    private readonly Queue<string> _lastLines = new();
    private readonly long _started = Stopwatch.GetTimestamp();

    private EngineProcess(Process process, EngineLaunch launch)
    {
        _process = process;
        _launch = launch;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public TimeSpan Ran => Stopwatch.GetElapsedTime(_started);

    /// <summary>What the engine printed last, for messages about its end.</summary>
    public string LastWords()
    {
        lock (_lastLines) return string.Join('\n', _lastLines);
    }

    public static EngineProcess Start(EngineLaunch launch)
    {
        var start = new ProcessStartInfo(DotnetHost())
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = launch.Directory.Root,
        };
        foreach (var argument in Arguments(launch)) start.ArgumentList.Add(argument);
        // The process is a shell around native code: a small managed heap is enough.
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_GCHeapCount"] = "1";
        var process = Process.Start(start)
            ?? throw new EmbeddedClickHouseException(EngineFault.EngineExited, "The engine's process could not be started.");
        var engine = new EngineProcess(process, launch);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return engine;
    }

    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Ends the engine: asks it to close by ending its input, kills it when that takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The pipe is broken because the process has ended already.
        }

        using var limit = new CancellationTokenSource(_launch.StopTimeout);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private static IEnumerable<string> Arguments(EngineLaunch launch) =>
    [
        "exec",
        Path.Combine(AppContext.BaseDirectory, "ClickHouse.Embedded.dll"),
        launch.LibraryPath,
        "--config-file", launch.Directory.ConfigFile,
        "--path", launch.Directory.Data,
        "--http_port", $"{launch.HttpPort}",
        "--tcp_port", $"{launch.NativePort}",
    ];

    // The runtime that runs this program runs the engine's process too: <root>/shared/Microsoft.NETCore.App/<version>/
    private static string DotnetHost()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var host = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(host) ? host : "dotnet";
    }

    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > KeptLines) _lastLines.Dequeue();
        }
    }
}
