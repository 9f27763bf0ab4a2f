namespace LifecycleMetrics.Ingest.Importing;

/// <summary>How far the files of an import are read, for the progress shown.</summary>
internal sealed class FilePosition(IReadOnlyList<string> files, ImportCounts counts, IProgress<ImportProgress>? progress)
{
    private readonly long _totalBytes = files.Sum(file => new FileInfo(file).Length);
    private long _finishedBytes;
    private FileStream? _file;

    public void Begin(FileStream file) => _file = file;

    public void End()
    {
        _finishedBytes += _file!.Length;
        _file = null;
        Report();
    }

    public void Report() =>
        progress?.Report(new(_file?.Name, _finishedBytes + (_file?.Position ?? 0), _totalBytes, counts));
}
