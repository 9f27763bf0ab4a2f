namespace LifecycleMetrics.Ingest.Importing;

/// <summary>
/// Puts the lines of orders together, whatever their order in the file. When too many orders are open, they go to a sorted
/// temporary file; at the end these files are merged.
/// </summary>
internal sealed class OrderBook(int maxOpenOrders, Action<OrderDraft, string> conflict) : IDisposable
{
    private readonly Dictionary<string, OrderDraft> _open = new(StringComparer.Ordinal);
    private readonly List<OrderRun> _runs = [];

    /// <summary>Adds a line; returns what in it contradicts the order's other lines, or null.</summary>
    public string? Add(OrderLine line, string file, long lineNumber)
    {
        if (_open.TryGetValue(line.OrderId, out var order))
            return order.TryMerge(line.Customer, line.Currency, line.At, line.Amount);
        if (_open.Count >= maxOpenOrders)
            Spill();
        _open.Add(line.OrderId, OrderDraft.From(line, file, lineNumber));
        return null;
    }

    /// <summary>All orders, each once, in the order of their first lines, or by id if there were too many for memory.</summary>
    public IEnumerable<OrderDraft> Complete()
    {
        if (_runs.Count == 0)
            return _open.Values;
        Spill();
        return Merge();
    }

    public void Dispose()
    {
        foreach (var run in _runs)
            run.Dispose();
    }

    private void Spill()
    {
        _runs.Add(OrderRun.Write(_open.Values.OrderBy(o => o.OrderId, StringComparer.Ordinal)));
        _open.Clear();
    }

    private IEnumerable<OrderDraft> Merge()
    {
        // Equal ids come out in the order of the runs, so that the first line of an order stays its first.
        var next = new PriorityQueue<IEnumerator<OrderDraft>, (string Id, int Run)>(
            Comparer<(string Id, int Run)>.Create(static (a, b) =>
                string.CompareOrdinal(a.Id, b.Id) is var byId and not 0 ? byId : a.Run.CompareTo(b.Run)));
        for (var i = 0; i < _runs.Count; i++)
            Advance(_runs[i].Read().GetEnumerator(), i);

        OrderDraft? order = null;
        while (next.TryDequeue(out var run, out var priority))
        {
            var part = run.Current;
            if (order is not null && order.OrderId == part.OrderId)
            {
                if (order.TryMerge(part.Customer, part.Currency, part.At, part.Amount) is { } contradiction)
                    conflict(part, contradiction);
            }
            else
            {
                if (order is not null)
                    yield return order;
                order = part;
            }

            Advance(run, priority.Run);
        }

        if (order is not null)
            yield return order;

        void Advance(IEnumerator<OrderDraft> run, int number)
        {
            if (run.MoveNext())
                next.Enqueue(run, (run.Current.OrderId, number));
            else
                run.Dispose();
        }
    }
}
