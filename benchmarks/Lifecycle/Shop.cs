using LifecycleMetrics.Server.Demo;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>
/// The events of the demo's generator, life by life instead of in the order they are sent, so that several threads can
/// make them. Lives come in no order: what is stored together is of people from everywhere in the table, as in life.
/// </summary>
internal sealed class Shop
{
    // Coprime to every number of people there can be.
    private const long Stride = 2_654_435_761;
    private const int Sample = 2_000;

    private readonly History _history;
    private readonly DemoOptions _options;
    private readonly Population _population;

    public Shop(DemoOptions options, DateTimeOffset end)
    {
        _options = options;
        _history = new History(end, options.Days);
        _population = new Population(_history, options);
    }

    /// <summary>The generator's settings for a size: as many visitors as bring the events of the customers to it.</summary>
    public static DemoOptions Options(ShopSize size, DateTimeOffset end)
    {
        var options = new DemoOptions { Customers = size.Customers };
        var shop = new Shop(options, end);
        var people = shop._population;
        var perVisitor = shop.EventsOf(people.Visitor, people.Visitors, VisitorLife.Live);
        var others = (people.Bots * shop.EventsOf(people.Bot, people.Bots, MachineLife.Crawl))
            + (people.Staff * shop.EventsOf(people.Employee, people.Staff, MachineLife.TryOut));
        var ofCustomers = (people.Customers * shop.EventsOf(people.Customer, people.Customers, CustomerLife.Live)) + others;
        options.VisitorsPerCustomer = Math.Max(0, (size.Events - ofCustomers) / perVisitor / size.Customers);
        return options;
    }

    /// <summary>Request bodies with the events of every <paramref name="workers"/>th person.</summary>
    public IEnumerable<EventBatch> Bodies(int worker, int workers) =>
        EventBatches.Of(Touches(worker, workers), EventBatches.IdPrefix(_history, _options));

    /// <summary>What the campaigns cost, as bodies of <c>/v1/costs</c>.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Costs() => CostWriter.Bodies(CampaignCost.Of(_history, _options));

    /// <summary>What goes on after the history.</summary>
    public LiveTrickle Trickle(DateTimeOffset start) => new(_population, _options, start);

    private IEnumerable<Touch> Touches(int worker, int workers)
    {
        var total = (long)_population.Customers + _population.Visitors + _population.Bots + _population.Staff;
        for (long number = worker; number < total; number += workers)
        {
            foreach (var touch in Life(number * Stride % total))
                yield return touch;
        }
    }

    private Touch[] Life(long number)
    {
        if (number < _population.Customers)
            return Life(_population.Customer(number), CustomerLife.Live);
        number -= _population.Customers;
        if (number < _population.Visitors)
            return Life(_population.Visitor(number), VisitorLife.Live);
        number -= _population.Visitors;
        return number < _population.Bots
            ? Life(_population.Bot(number), MachineLife.Crawl)
            : Life(_population.Employee(number - _population.Bots), MachineLife.TryOut);
    }

    private Touch[] Life(Person person, Action<Life> live)
    {
        var life = new Life(person, _history, _options.Seed);
        live(life);
        return life.InOrder();
    }

    // Some are sent twice, with the same ordinal.
    private double EventsOf(Func<long, Person> make, int count, Action<Life> live)
    {
        var sample = Math.Min(count, Sample);
        return Enumerable.Range(0, sample)
            .Average(i => Life(make((long)i * count / sample), live).Select(touch => touch.Ordinal).Distinct().Count());
    }
}
