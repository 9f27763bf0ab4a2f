using System.Globalization;

namespace LifecycleMetrics.Benchmarks.Support;

/// <summary>Processor time of a process, all its threads together.</summary>
internal sealed class CpuClock(int processId)
{
    private const double TicksPerSecond = 100; // USER_HZ

    /// <summary>Seconds of processor time used so far.</summary>
    public double Seconds
    {
        get
        {
            // The name of the process, in brackets, may hold blanks.
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var user = long.Parse(fields[11], CultureInfo.InvariantCulture);
            var system = long.Parse(fields[12], CultureInfo.InvariantCulture);
            return (user + system) / TicksPerSecond;
        }
    }

    /// <summary>Largest resident memory so far, in bytes.</summary>
    public long PeakMemory => Kilobytes("VmHWM:") * 1024;

    /// <summary>Resident memory now, in bytes.</summary>
    public long Memory => Kilobytes("VmRSS:") * 1024;

    /// <summary>Lets <see cref="PeakMemory"/> begin anew.</summary>
    public void ResetPeak() => File.WriteAllText($"/proc/{processId}/clear_refs", "5");

    public static CpuClock OfThisProcess { get; } = new(Environment.ProcessId);

    private long Kilobytes(string name)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
