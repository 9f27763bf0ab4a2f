namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Imports lines that are events of the Segment format.</summary>
internal sealed class EventsReader(ImportRun run) : IImportReader
{
    public async Task ReadAsync(LineReader input, CancellationToken reading, CancellationToken sending)
    {
        run.Begin(input, sending);
        while (await input.ReadAsync(reading) is { } line)
        {
            if (!run.IsSettled(line.Number) && !line.IsBlank)
                await TakeAsync(line, sending);
            await run.EndLineAsync(line.Number, sending);
        }

        run.EndText();
    }

    public Task CompleteAsync(CancellationToken sending) => Task.CompletedTask;

    private ValueTask TakeAsync(InputLine line, CancellationToken sending)
    {
        run.CountLine(line.Number);
        if (line.IsTooLong)
        {
            run.Reject(line, "line_too_long", $"the line is longer than {run.Options.MaxLineLength} bytes");
            return default;
        }

        var (json, idBytes, reason, message) = SegmentLine.Read(line.Utf8, run.Source);
        if (reason.Length == 0)
            return run.SendAsync(json, new(line.File, line.Number, Text: null, idBytes), sending);
        run.Reject(line, reason, message);
        return default;
    }
}
