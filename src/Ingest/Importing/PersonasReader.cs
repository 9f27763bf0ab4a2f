namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Imports lines that each say who is which persona from when until when.</summary>
internal sealed class PersonasReader(ImportRun run) : IImportReader, IDisposable
{
    private readonly PersonaEventWriter _events = new(run.Source);

    /// <inheritdoc/>
    /// <exception cref="MapMismatchException">The header has not the columns of the format.</exception>
    public async Task ReadAsync(LineReader input, CancellationToken reading, CancellationToken sending)
    {
        run.Begin(input, sending);
        var records = new RecordReader(input, ',', run.Options.MaxLineLength);
        var parser = await ReadHeaderAsync(records, reading);
        while (parser is not null && await records.ReadAsync(parser.ColumnCount, reading) is { } line)
        {
            run.CountLine(line.Number);
            if (!run.IsSettled(line.Number))
                await TakeAsync(parser, records, line, sending);
            await run.EndLineAsync(line.Number, sending);
        }

        run.EndText();
    }

    public Task CompleteAsync(CancellationToken sending) => Task.CompletedTask;

    public void Dispose() => _events.Dispose();

    private ValueTask TakeAsync(PersonaLineParser parser, RecordReader records, RecordLine line, CancellationToken sending)
    {
        var (persona, reason, message) = records.Fault is { } fault
            ? (null, fault.Reason, fault.Message)
            : parser.Parse(records.Columns);
        var origin = new EventOrigin(line.File, line.Number, line.Text);
        if (persona is not null)
            return run.SendAsync(_events.Write(persona), origin, sending);
        run.Reject(origin, line.Text, reason, message);
        return default;
    }

    private static async Task<PersonaLineParser?> ReadHeaderAsync(RecordReader records, CancellationToken cancellationToken)
    {
        if (await records.ReadAsync(columnCount: 0, cancellationToken) is not { } header)
            return null;
        try
        {
            if (records.Fault is { } fault)
                throw new InvalidDataException($"the header can't be read: {fault.Message}");
            return new(new PersonaColumns(records.Columns));
        }
        catch (InvalidDataException e)
        {
            throw new MapMismatchException($"{header.File} is no file of personas: {e.Message}.", e);
        }
    }
}
