namespace LifecycleMetrics.Server.Demo;

/// <summary>
/// Everything that happens in the history, in the order it is sent. A life is made when its person arrives and forgotten
/// after its last touch, so that only the people who are about are held in memory.
/// </summary>
internal sealed class World
{
    private readonly History _history;
    private readonly Population _population;
    private readonly ulong _seed;

    public World(History history, DemoOptions options)
    {
        _history = history;
        _population = new Population(history, options);
        _seed = options.Seed;
    }

    /// <summary>The touches; each enumeration makes the same ones anew.</summary>
    public IEnumerable<Touch> Touches()
    {
        var next = new PriorityQueue<Lane, (long, int)>();
        var lanes = new[]
        {
            new Arrivals(_population.Customers, _population.Customer, CustomerLife.Live),
            new Arrivals(_population.Visitors, _population.Visitor, VisitorLife.Live),
            new Arrivals(_population.Bots, _population.Bot, MachineLife.Crawl),
            new Arrivals(_population.Staff, _population.Employee, MachineLife.TryOut),
        };
        var order = 0;
        foreach (var arrivals in lanes)
        {
            if (arrivals.Next() is { } person)
                next.Enqueue(new(arrivals, person, null, 0), (person.ArrivesAt, order++));
        }

        while (next.TryDequeue(out var lane, out var priority))
        {
            if (lane.Arrivals is { } arrivals)
            {
                var life = new Life(lane.Person!, _history, _seed);
                arrivals.Live(life);
                var touches = life.InOrder();
                if (touches.Length > 0)
                    next.Enqueue(new(null, null, touches, 0), (touches[0].SentAt, order++));
                if (arrivals.Next() is { } person)
                    next.Enqueue(new(arrivals, person, null, 0), (person.ArrivesAt, order++));
                continue;
            }

            yield return lane.Touches![lane.Position];
            var position = lane.Position + 1;
            if (position < lane.Touches.Length)
                next.Enqueue(lane with { Position = position }, (lane.Touches[position].SentAt, priority.Item2));
        }
    }

    // Either people still to arrive, with the next of them, or what is left of a life.
    private readonly record struct Lane(Arrivals? Arrivals, Person? Person, Touch[]? Touches, int Position);

    private sealed class Arrivals(int count, Func<long, Person> make, Action<Life> live)
    {
        private int _next;

        public Action<Life> Live => live;

        public Person? Next() => _next < count ? make(_next++) : null;
    }
}
