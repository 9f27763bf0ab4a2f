using System.Text;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>
/// Imports files of events or orders by the same path as events over HTTP. Message ids come from the source and the business key,
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
    private const int LinesPerReport = 20_000;

    /// <summary>Imports NDJSON files of Segment events.</summary>
    /// <exception cref="IOException">A file can't be read. What was read before it is imported.</exception>
    /// <exception cref="InvalidDataException">A .gz file is damaged. What was read before the damage is imported.</exception>
    public Task<ImportSummary> ImportEventsAsync(
        IReadOnlyList<string> files, IProgress<ImportProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(files, progress, ReadEventsAsync, cancellationToken);

    /// <summary>Imports files of orders as the map says. Lines of one order may stand anywhere in the files.</summary>
    /// <inheritdoc cref="ImportEventsAsync" path="/exception"/>
    public Task<ImportSummary> ImportOrdersAsync(
        IReadOnlyList<string> files, ImportMap map, IProgress<ImportProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(files, progress, (run, token) => ReadOrdersAsync(run, map, token), cancellationToken);

    private async Task<ImportSummary> RunAsync(
        IReadOnlyList<string> files,
        IProgress<ImportProgress>? progress,
        Func<ImportRun, CancellationToken, Task> read,
        CancellationToken cancellationToken)
    {
        // All files are looked at before the first is read: a misspelt name changes nothing.
        var missing = files.Where(file => !File.Exists(file)).ToArray();
        if (missing.Length > 0)
            throw new FileNotFoundException($"There is no file {string.Join(", ", missing)}.");

        using var rejects = new RejectsFile(rejectsDirectory, source, time);
        var run = new ImportRun(files, target, source, options, rejects, progress);
        await read(run, cancellationToken);
        await run.Batch.SendAsync(cancellationToken);
        run.Report(null);
        return new(run.Counts, rejects.Path);
    }

    private async Task ReadEventsAsync(ImportRun run, CancellationToken cancellationToken)
    {
        foreach (var path in run.Files)
        {
            using var file = new InputFile(path, Encoding.UTF8, options.MaxLineLength);
            while (await file.ReadLineAsync(cancellationToken) is { } line)
            {
                if (string.IsNullOrWhiteSpace(line.Text))
                    continue;
                CountLine(run, file);
                if (line.IsTooLong)
                {
                    run.Reject(line, "line_too_long", $"the line is longer than {options.MaxLineLength} characters");
                    continue;
                }

                var (json, reason, message) = SegmentLine.Read(line.Text, source);
                if (json is null)
                    run.Reject(line, reason, message);
                else if (await run.Batch.AddAsync(json, line, cancellationToken))
                    run.Report(file);
            }

            run.Finish(file);
        }
    }

    private async Task ReadOrdersAsync(ImportRun run, ImportMap map, CancellationToken cancellationToken)
    {
        using var events = new OrderEventWriter(map, source);
        using var book = new OrderBook(
            options.MaxOpenOrders,
            (part, contradiction) => run.Reject(new(part.File, part.LineNumber, ""), "order_conflict", contradiction));
        foreach (var path in run.Files)
        {
            using var file = new InputFile(path, map.Encoding, options.MaxLineLength);
            var records = new RecordReader(file, map.Delimiter, options.MaxLineLength);
            var parser = await ReadHeaderAsync(file, records, map, cancellationToken);
            while (parser is not null && await records.ReadAsync(parser.ColumnCount, cancellationToken) is { } line)
            {
                CountLine(run, file);
                if (records.Fault is { } fault)
                {
                    run.Reject(line, fault.Reason, fault.Message);
                    continue;
                }

                var (order, reason, message) = parser.Parse(records.Columns, line.Number);
                if (order is null)
                    run.Reject(line, reason, message);
                else if (map.LineIsOrder)
                    await AddAsync(run, events, OrderDraft.From(order, path, line.Number), cancellationToken);
                else if (book.Add(order, path, line.Number) is { } contradiction)
                    run.Reject(line, "order_conflict", contradiction);
            }

            run.Finish(file);
        }

        foreach (var order in book.Complete())
            await AddAsync(run, events, order, cancellationToken);
    }

    private async Task<OrderLineParser?> ReadHeaderAsync(
        InputFile file, RecordReader records, ImportMap map, CancellationToken cancellationToken)
    {
        if (!map.HasHeader)
            return new(map, source, header: null);
        if (await records.ReadAsync(columnCount: 0, cancellationToken) is null)
            return null;
        try
        {
            return new(map, source, [.. records.Columns]);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{file.Path} does not fit the map: {e.Message}.", e);
        }
    }

    private static async ValueTask AddAsync(
        ImportRun run, OrderEventWriter events, OrderDraft order, CancellationToken cancellationToken)
    {
        var origin = new InputLine(order.File, order.LineNumber, order.OrderId);
        var (json, reason, message) = events.Write(order);
        if (reason.Length > 0)
            run.Reject(origin, reason, message);
        else if (await run.Batch.AddAsync(json, origin, cancellationToken))
            run.Report(null);
    }

    private static void CountLine(ImportRun run, InputFile file)
    {
        if (++run.Counts.Lines % LinesPerReport == 0)
            run.Report(file);
    }
}
