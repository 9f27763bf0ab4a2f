namespace LifecycleMetrics.Server.Demo;

/// <summary>
/// What goes on in the shop after the history: visits of customers and strangers, some of which end in an order.
/// Given the same start it gives the same visits; the instants are those at which they are asked for.
/// </summary>
internal sealed class LiveTrickle
{
    private const int OpenVisits = 6;

    private readonly Population _population;
    private readonly Dice _dice;
    private readonly long _start;
    private readonly List<Queue<Touch>> _visits = [];
    private long _newCustomers;
    private long _newVisitors;
    private int _ordinal;

    public LiveTrickle(Population population, DemoOptions options, DateTimeOffset start)
    {
        _population = population;
        _start = start.ToUnixTimeMilliseconds();
        _dice = new Dice(options.Seed, "live", _start);
    }

    /// <summary>The next touch, at the given instant.</summary>
    public Touch Next(DateTimeOffset now)
    {
        while (_visits.Count < OpenVisits)
            _visits.Add(Visit());
        var at = now.ToUnixTimeMilliseconds();
        var chosen = _dice.Below(_visits.Count);
        var touch = _visits[chosen].Dequeue();
        if (_visits[chosen].Count == 0)
            _visits.RemoveAt(chosen);
        return touch with { At = at, SentAt = at, Ordinal = _ordinal++ };
    }

    private Queue<Touch> Visit() => _dice.Unit() switch
    {
        < 0.66 => StrangersVisit(),
        < 0.70 => SignUp(),
        < 0.86 => CustomersVisit(),
        _ => Mail(),
    };

    private Queue<Touch> StrangersVisit()
    {
        // Indexes past those of the history, and of earlier live visits.
        var person = _population.Visitor(_population.Visitors + _start + _newVisitors++);
        var visit = new Queue<Touch>();
        if (person.Channel.IsAdvertised)
            visit.Enqueue(Of(person, TouchKind.AdClicked) with { IsAnonymous = true });
        visit.Enqueue(Of(person, TouchKind.PageViewed) with { IsAnonymous = true });
        if (_dice.Chance(0.3))
            visit.Enqueue(Of(person, TouchKind.ProductViewed) with { IsAnonymous = true });
        return visit;
    }

    private Queue<Touch> SignUp()
    {
        var person = _population.Customer(_population.Customers + _start + _newCustomers++);
        var visit = new Queue<Touch>();
        visit.Enqueue(Of(person, TouchKind.PageViewed) with { IsAnonymous = true });
        visit.Enqueue(Of(person, TouchKind.Identified));
        visit.Enqueue(Of(person, TouchKind.SignedUp));
        if (_dice.Chance(person.Persona.Buys / 3))
            Order(person, visit, person.Channel, person.Campaign);
        return visit;
    }

    private Queue<Touch> CustomersVisit()
    {
        var person = _population.Customer(_dice.Below(_population.Customers));
        var visit = new Queue<Touch>();
        visit.Enqueue(Of(person, TouchKind.PageViewed) with { Channel = Channel.Direct, Campaign = null });
        if (_dice.Chance(0.15))
            Order(person, visit, Channel.Direct, null);
        else
            visit.Enqueue(Of(person, TouchKind.ProductViewed) with { Channel = Channel.Direct, Campaign = null });
        return visit;
    }

    private Queue<Touch> Mail()
    {
        var person = _population.Customer(_dice.Below(_population.Customers));
        var mail = Of(person, TouchKind.EmailSent) with { Channel = Channel.Email, Campaign = Campaign.Newsletter, Number = NextNumber() };
        var visit = new Queue<Touch>();
        visit.Enqueue(mail);
        if (_dice.Chance(person.Persona.Opens))
            visit.Enqueue(mail with { Kind = TouchKind.EmailOpened });
        return visit;
    }

    private void Order(Person person, Queue<Touch> visit, Channel channel, Campaign? campaign)
    {
        var order = Of(person, TouchKind.ProductAdded) with
        {
            Channel = channel,
            Campaign = campaign,
            Number = NextNumber(),
            Amount = (long)Math.Max(900, _dice.LogNormal(person.Persona.Basket, 0.5)),
        };
        visit.Enqueue(order);
        visit.Enqueue(order with { Kind = TouchKind.CheckoutStarted });
        visit.Enqueue(order with { Kind = TouchKind.OrderCompleted });
    }

    private Touch Of(Person person, TouchKind kind) => new()
    {
        Kind = kind,
        Person = person,
        At = 0,
        Channel = person.Channel,
        Campaign = person.Campaign,
        Product = _dice.Below(Catalogue.Products.Length),
    };

    // Numbers of live orders must not meet those of the history or of another start.
    private long NextNumber() => (_start * 100_000) + _ordinal;
}
