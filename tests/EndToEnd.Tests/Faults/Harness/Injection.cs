using LifecycleMetrics.EndToEnd.Tests.Support;

namespace LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

/// <summary>System calls of the server that strace lets fail or last longer.</summary>
internal static class Injection
{
    /// <summary>The server's wrapper.</summary>
    /// <param name="log">File that strace writes the calls to.</param>
    /// <param name="expressions">What to inject, in strace's words.</param>
    public static string[] Wrapper(string log, params string[] expressions) =>
    [
        // -D: strace is the grandchild, so that signals reach the server.
        Tool.Need("strace"), "-D", "-f", "-qq", "-o", log, "--seccomp-bpf", "-e", "trace=fdatasync,fsync",
        .. expressions.SelectMany(expression => new[] { "-e", $"inject={expression}" }),
    ];

    /// <summary>How many calls were changed.</summary>
    public static int Count(string log, string call) =>
        File.ReadLines(log).Count(line => line.Contains($"{call}(", StringComparison.Ordinal) && line.Contains("INJECTED", StringComparison.Ordinal));
}
