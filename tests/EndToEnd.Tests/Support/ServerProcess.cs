using System.Diagnostics;
using System.Text;

namespace LifecycleMetrics.EndToEnd.Tests.Support;

/// <summary>The real program in its own process, on a data directory of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
    }

    public string Url { get; private set; } = "";

    public int Id => _process.Id;

    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Starts a verb that serves, and waits until it says that it is ready.</summary>
    public static Task<ServerProcess> StartAsync(string dataDirectory, params string[] arguments) =>
        StartAsync(new ServerLaunch(dataDirectory, arguments));

    /// <summary>Starts a verb that serves, and waits until it says that it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(ServerLaunch launch)
    {
        var server = Start(launch);
        await server.WaitForReadyAsync();
        return server;
    }

    /// <summary>Starts a verb that serves, and waits for nothing.</summary>
    public static ServerProcess Start(ServerLaunch launch) => Start(launch, urls: true);

    /// <summary>Waits until it says that it is ready.</summary>
    public async Task WaitForReadyAsync()
    {
        var exited = _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var first = await Task.WhenAny(_ready.Task, exited).WaitAsync(StartTimeout, TestContext.Current.CancellationToken);
        if (first != _ready.Task)
            throw new InvalidOperationException($"The server ended with code {_process.ExitCode}:\n{Output}");
        Url = await _ready.Task;
    }

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string dataDirectory, params string[] arguments)
    {
        await using var server = Start(new ServerLaunch(dataDirectory, arguments), urls: false);
        await server._process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(StartTimeout, TestContext.Current.CancellationToken);
        return (server._process.ExitCode, server.Output);
    }

    /// <summary>kill -9: no chance to write anything any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>SIGTERM, as a service manager stops it; returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await WaitForExitAsync();
    }

    /// <summary>Waits until it has ended; returns the exit code.</summary>
    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(StopTimeout, TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"])) await kill.WaitForExitAsync();
            using var limit = new CancellationTokenSource(StopTimeout);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException e)
            {
                _process.Kill(entireProcessTree: true);
                throw new TimeoutException($"The server did not stop within {StopTimeout}:\n{Output}", e);
            }
        }

        _process.Dispose();
    }

    private static ServerProcess Start(ServerLaunch launch, bool urls)
    {
        string[] command =
        [
            .. launch.Wrapper, "dotnet", Path.Combine(AppContext.BaseDirectory, "lifecycle-metrics.dll"),
            .. launch.Arguments, "--data", launch.DataDirectory,
            .. urls && !launch.Arguments.Contains("--urls") ? ["--urls", "http://127.0.0.1:0"] : Array.Empty<string>(),
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in TestKeys.Environment) start.Environment[name] = value;
        foreach (var (name, value) in launch.Environment) start.Environment[name] = value;
        var server = new ServerProcess(new Process { StartInfo = start });
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    private void Take(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
        const string marker = "Ready at ";
        if (line.StartsWith(marker, StringComparison.Ordinal)) _ready.TrySetResult(line[marker.Length..].Trim());
    }
}
