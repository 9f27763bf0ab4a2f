namespace LifecycleMetrics.Ingest.Importing;

/// <summary>What one import carries from line to line: counts, the batch being gathered, rejects and progress.</summary>
internal sealed class ImportRun
{
    private readonly RejectsFile _rejects;
    private readonly IProgress<ImportProgress>? _progress;
    private readonly long _totalBytes;
    private long _finishedBytes;

    public ImportRun(
        IReadOnlyList<string> files,
        IImportTarget target,
        string source,
        ImportOptions options,
        RejectsFile rejects,
        IProgress<ImportProgress>? progress)
    {
        Files = files;
        _rejects = rejects;
        _progress = progress;
        _totalBytes = files.Sum(file => new FileInfo(file).Length);
        Batch = new ImportBatch(target, source, options, Counts, Reject);
    }

    public IReadOnlyList<string> Files { get; }

    public ImportCounts Counts { get; } = new();

    public ImportBatch Batch { get; }

    public void Reject(InputLine line, string reason, string message)
    {
        Counts.Reject(reason);
        _rejects.Add(line.File, line.Number, reason, message, line.Text);
    }

    public void Report(InputFile? file) =>
        _progress?.Report(new(file?.Path, _finishedBytes + (file?.BytesRead ?? 0), _totalBytes, Counts));

    public void Finish(InputFile file)
    {
        _finishedBytes += new FileInfo(file.Path).Length;
        Report(null);
    }
}
