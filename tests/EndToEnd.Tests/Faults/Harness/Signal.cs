using System.Globalization;
using LifecycleMetrics.EndToEnd.Tests.Support;

namespace LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

/// <summary>Signals to a process, as an operator or the kernel sends them.</summary>
internal static class Signal
{
    public static async Task SendAsync(string signal, int processId)
    {
        var (exitCode, _, error) = await Tool.RunAsync("kill", [$"-{signal}", processId.ToString(CultureInfo.InvariantCulture)]);
        Assert.True(exitCode == 0, error);
    }
}
