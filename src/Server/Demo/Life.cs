namespace LifecycleMetrics.Server.Demo;

/// <summary>Collects what one person does, in any order, and gives it in the order it is sent.</summary>
internal sealed class Life
{
    // A few events come late because the device was offline, and a few are sent twice.
    private const double LateShare = 0.004;
    private const double DuplicateShare = 0.003;

    private readonly List<Touch> _touches = [];
    private int _ordinal;

    public Life(Person person, History history, ulong seed)
    {
        Person = person;
        History = history;
        Dice = new Dice(seed, "life-" + person.Id);
    }

    public Person Person { get; }

    public History History { get; }

    public Dice Dice { get; }

    public bool IsOver(long at) => at >= History.End;

    /// <summary>Adds a touch; what lies after the end of the history is left out.</summary>
    public void Add(Touch touch)
    {
        // Every touch has an ordinal, so that a longer history keeps the ids of a shorter one.
        var ordinal = _ordinal++;
        // Devices are offline or have a wrong clock; the systems behind the shop are not and have none.
        var isDevice = Sources.IsBrowser(touch.Kind);
        var isLate = Dice.Chance(LateShare) && isDevice;
        var isTwice = Dice.Chance(DuplicateShare);
        var delay = (long)(Dice.Exponential(9) * History.Hour);
        if (IsOver(touch.At))
            return;

        var sent = touch with { Ordinal = ordinal, SentAt = isLate ? touch.At + delay : touch.At };
        if (isDevice)
            sent = sent with { At = sent.At + Person.ClockSkew };
        Send(sent);
        if (isTwice)
            Send(sent with { SentAt = sent.SentAt + Math.Min(delay, History.Hour) });
    }

    public void Add(TouchKind kind, long at, Channel? channel = null, Campaign? campaign = null, bool isAnonymous = false) =>
        Add(new Touch
        {
            Kind = kind,
            Person = Person,
            At = at,
            Channel = channel,
            Campaign = campaign,
            IsAnonymous = isAnonymous,
            Product = kind is TouchKind.ProductViewed or TouchKind.ProductAdded or TouchKind.PageViewed
                ? Dice.Below(Catalogue.Products.Length)
                : 0,
        });

    /// <summary>What was added, by the time it is sent.</summary>
    public Touch[] InOrder()
    {
        var ordered = _touches.ToArray();
        Array.Sort(ordered, static (a, b) =>
        {
            var bySending = a.SentAt.CompareTo(b.SentAt);
            return bySending != 0 ? bySending : a.Ordinal.CompareTo(b.Ordinal);
        });
        return ordered;
    }

    private void Send(Touch touch)
    {
        if (touch.SentAt < History.End)
            _touches.Add(touch);
    }
}
