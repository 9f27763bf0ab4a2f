using System.Diagnostics;

namespace LifecycleMetrics.EndToEnd.Tests.Support;

/// <summary>Programs that these tests need beside the .NET SDK. Without one a test skips on a laptop and fails in CI.</summary>
internal static class Tool
{
    private static bool IsCi => Environment.GetEnvironmentVariable("CI") == "true";

    public static string Need(string name)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(directory => Path.Combine(directory, name))
            .FirstOrDefault(File.Exists);
        if (found is not null) return found;
        Require(false, $"{name} is not installed on this machine; .ci/run installs it.");
        return "";
    }

    /// <summary>Something this machine must allow: without it a test skips on a laptop and fails in CI.</summary>
    public static void Require(bool isThere, string reason)
    {
        Assert.True(isThere || !IsCi, reason);
        if (!isThere) Assert.Skip(reason);
    }

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string program, IEnumerable<string> arguments, string? input = null, string? directory = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = input is not null,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = directory ?? "",
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
