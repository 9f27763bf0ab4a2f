using LifecycleMetrics.Lifecycle.DryRun;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>Shows on standard error how far a dry run is; nothing if that is not a terminal.</summary>
internal sealed class DryRunProgressLine : IProgress<DryRunProgress>
{
    private bool _shown;

    public void Report(DryRunProgress value)
    {
        if (Console.IsErrorRedirected) return;
        Console.Error.Write($"\rWorking out all subjects: {(double)value.Batch / value.Batches,4:P0}  ");
        _shown = true;
    }

    public void Finish()
    {
        if (_shown) Console.Error.WriteLine();
        _shown = false;
    }
}
