using System.Text;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>
/// Imports files of events, orders or personas by the same path as events over HTTP. Message ids come from the source and the business key,
/// so importing a file again, or under another name, adds nothing. One import at a time per instance.
/// </summary>
/// <param name="target">Where the events go.</param>
/// <param name="source">Source name given to the events; part of their identity.</param>
/// <param name="rejectsDirectory">Where refused lines are collected.</param>
/// <param name="options">Limits.</param>
/// <param name="time">Clock, for the name of the rejects file.</param>
public sealed class FileImporter(
    IImportTarget target, string source, string rejectsDirectory, ImportOptions options, TimeProvider time)
{
    private const int FileBufferBytes = 64 * 1024;

    /// <summary>Imports NDJSON files of Segment events.</summary>
    /// <exception cref="IOException">A file can't be read. What was read before it is imported.</exception>
    /// <exception cref="InvalidDataException">A .gz file is damaged. What was read before the damage is imported.</exception>
    public Task<ImportSummary> ImportEventsAsync(
        IReadOnlyList<string> files, IProgress<ImportProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(files, Encoding.UTF8, progress, run => new EventsReader(run), cancellationToken);

    /// <summary>Imports files of orders as the map says. Lines of one order may stand anywhere in the files.</summary>
    /// <inheritdoc cref="ImportEventsAsync" path="/exception"/>
    public Task<ImportSummary> ImportOrdersAsync(
        IReadOnlyList<string> files, ImportMap map, IProgress<ImportProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(files, map.Encoding, progress, run => new OrdersReader(run, map), cancellationToken);

    /// <summary>Imports CSV files that say who is which persona from when until when.</summary>
    /// <inheritdoc cref="ImportEventsAsync" path="/exception"/>
    /// <exception cref="MapMismatchException">A header has not the columns of the format. Files before it are imported.</exception>
    public Task<ImportSummary> ImportPersonasAsync(
        IReadOnlyList<string> files, IProgress<ImportProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(files, Encoding.UTF8, progress, run => new PersonasReader(run), cancellationToken);

    private async Task<ImportSummary> RunAsync(
        IReadOnlyList<string> files,
        Encoding encoding,
        IProgress<ImportProgress>? progress,
        Func<ImportRun, IImportReader> read,
        CancellationToken cancellationToken)
    {
        // All files are looked at before the first is read: a misspelt name changes nothing.
        var missing = files.Where(file => !File.Exists(file)).ToArray();
        if (missing.Length > 0)
            throw new FileNotFoundException($"There is no file {string.Join(", ", missing)}.");

        var counts = new ImportCounts();
        var position = new FilePosition(files, counts, progress);
        using var rejects = new RejectsFile(RejectsFile.NewPath(rejectsDirectory, source, time));
        var run = new ImportRun(target, source, options, counts, rejects, journal: null, position.Report);
        var reader = read(run);
        try
        {
            foreach (var path in files)
                await ReadAsync(path, encoding, reader, position, cancellationToken);
            await reader.CompleteAsync(cancellationToken);
            await run.SaveAsync(cancellationToken);
            return new(counts, rejects.Path);
        }
        finally
        {
            await run.Sender.AbandonAsync();
            (reader as IDisposable)?.Dispose();
        }
    }

    private async Task ReadAsync(
        string path, Encoding encoding, IImportReader reader, FilePosition position, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, FileBufferBytes, FileOptions.SequentialScan);
        position.Begin(file);
        var text = await TextStream.OpenAsync(file, encoding, cancellationToken);
        await using var lines = new LineReader(path, text, options.MaxLineLength);
        await reader.ReadAsync(lines, cancellationToken, cancellationToken);
        position.End();
    }
}
