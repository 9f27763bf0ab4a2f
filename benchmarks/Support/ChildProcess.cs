using System.Diagnostics;
using System.Globalization;

namespace LifecycleMetrics.Benchmarks.Support;

/// <summary>Finds the engine, which a server or this program has started.</summary>
internal static class ChildProcess
{
    /// <summary>Id of the first process that <paramref name="processId"/> has started.</summary>
    public static int Of(int processId) =>
        File.ReadAllText($"/proc/{processId}/task/{processId}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var child, ..]
            ? int.Parse(child, CultureInfo.InvariantCulture)
            : Process.GetProcesses().FirstOrDefault(p => ParentOf(p.Id) == processId)?.Id
                ?? throw new InvalidOperationException(
                    "This benchmark has started no engine: another process uses the data directory. End it, or name another with --data.");

    private static int ParentOf(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // It has ended meanwhile.
        }
    }
}
