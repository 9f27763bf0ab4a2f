using LifecycleMetrics.Ingest.Importing;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>Shows on standard error how far an import is; nothing if that is not a terminal.</summary>
internal sealed class ImportProgressLine : IProgress<ImportProgress>
{
    private bool _shown;

    public void Report(ImportProgress value)
    {
        if (Console.IsErrorRedirected) return;
        var share = value.TotalBytes == 0 ? 1 : (double)value.BytesRead / value.TotalBytes;
        Console.Error.Write($"\r{share,4:P0}  {value.Counts.Lines:N0} lines, {value.Counts.Accepted:N0} accepted, {value.Counts.Rejected:N0} rejected  ");
        _shown = true;
    }

    public void Finish()
    {
        if (_shown) Console.Error.WriteLine();
        _shown = false;
    }
}
