namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Imports lines that are orders or parts of orders, as a map says.</summary>
internal sealed class OrdersReader : IImportReader, IDisposable
{
    private readonly ImportRun _run;
    private readonly ImportMap _map;
    private readonly OrderEventWriter _events;
    private readonly OrderBook _book;

    public OrdersReader(ImportRun run, ImportMap map)
    {
        _run = run;
        _map = map;
        _events = new OrderEventWriter(map, run.Source);
        _book = new OrderBook(run.Options.MaxOpenOrders, RejectPart);
    }

    /// <inheritdoc/>
    /// <exception cref="MapMismatchException">The header lacks a column the map names.</exception>
    public async Task ReadAsync(LineReader input, CancellationToken reading, CancellationToken sending)
    {
        _run.Begin(input, sending);
        var records = new RecordReader(input, _map.Delimiter, _run.Options.MaxLineLength);
        var parser = await ReadHeaderAsync(records, reading);
        while (parser is not null && await records.ReadAsync(parser.ColumnCount, reading) is { } line)
        {
            _run.CountLine(line.Number);
            await TakeAsync(parser, records, line, sending);
            await _run.EndLineAsync(line.Number, sending);
        }

        _run.EndText();
    }

    public async Task CompleteAsync(CancellationToken sending)
    {
        foreach (var order in _book.Complete())
        {
            if (!_run.IsNextOrderSettled)
                await SendAsync(order, sending);
            await _run.EndOrderAsync(sending);
        }
    }

    public void Dispose()
    {
        _events.Dispose();
        _book.Dispose();
    }

    private ValueTask TakeAsync(OrderLineParser parser, RecordReader records, RecordLine line, CancellationToken sending)
    {
        if (records.Fault is { } fault)
        {
            Reject(line, fault.Reason, fault.Message);
            return default;
        }

        var (order, reason, message) = parser.Parse(records.Columns, line.Number);
        if (order is null)
            Reject(line, reason, message);
        else if (!_map.LineIsOrder && _book.Add(order, line.File, line.Number) is { } contradiction)
            Reject(line, "order_conflict", contradiction);
        else if (_map.LineIsOrder && !_run.IsSettled(line.Number))
            return SendAsync(OrderDraft.From(order, line.File, line.Number), sending);
        return default;
    }

    private async Task<OrderLineParser?> ReadHeaderAsync(RecordReader records, CancellationToken cancellationToken)
    {
        if (!_map.HasHeader)
            return new(_map, _run.Source, header: null);
        if (await records.ReadAsync(columnCount: 0, cancellationToken) is not { } header)
            return null;
        try
        {
            return new(_map, _run.Source, [.. records.Columns]);
        }
        catch (InvalidDataException e)
        {
            throw new MapMismatchException($"{header.File} does not fit the map: {e.Message}.", e);
        }
    }

    private ValueTask SendAsync(OrderDraft order, CancellationToken sending)
    {
        var origin = new EventOrigin(order.File, order.LineNumber, order.OrderId);
        var (json, reason, message) = _events.Write(order);
        if (reason.Length == 0)
            return _run.SendAsync(json, origin, sending);
        _run.Reject(origin, order.OrderId, reason, message);
        return default;
    }

    private void Reject(RecordLine line, string reason, string message)
    {
        if (!_run.IsSettled(line.Number))
            _run.Reject(new EventOrigin(line.File, line.Number, null), line.Text, reason, message);
    }

    // Found out while the order before the next one is put together.
    private void RejectPart(OrderDraft part, string contradiction)
    {
        if (!_run.IsNextOrderSettled)
            _run.Reject(new EventOrigin(part.File, part.LineNumber, null), "", "order_conflict", contradiction);
    }
}
