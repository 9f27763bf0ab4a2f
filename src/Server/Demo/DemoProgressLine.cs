using System.Diagnostics;

namespace LifecycleMetrics.Server.Demo;

/// <summary>Shows how far the history is loaded: one line that is written over on a terminal, a line each 10 % elsewhere.</summary>
internal sealed class DemoProgressLine : IProgress<DemoProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly long _begun = Stopwatch.GetTimestamp();
    private TimeSpan _shown = -Interval;
    private int _tenths = -1;

    public void Report(DemoProgress value)
    {
        lock (_lock)
        {
            var elapsed = Stopwatch.GetElapsedTime(_begun);
            var text = $"Loading 12 months of history: {value.Share,4:P0}, {value.Events:N0} events";
            if (Console.IsOutputRedirected)
            {
                if ((int)(value.Share * 10) <= _tenths) return;
                _tenths = (int)(value.Share * 10);
                Console.WriteLine(text);
            }
            else if (elapsed - _shown >= Interval || value.Share >= 1)
            {
                _shown = elapsed;
                Console.Write($"\r{text}   ");
            }
        }
    }
}
