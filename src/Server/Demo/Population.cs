using System.Globalization;

namespace LifecycleMetrics.Server.Demo;

/// <summary>Makes the people of the demo, each from an index alone; a higher index arrives later.</summary>
internal sealed class Population(History history, DemoOptions options)
{
    // Of each run of so many customers the first three are members of one account.
    private const int AccountEvery = 36;
    private const int AccountMembers = 3;

    private static readonly double[] VisitorChannels = [.. Channel.All.Select(c => c.Share)];
    private static readonly double[] CustomerChannels = [.. Channel.All.Select(c => c.Share * c.SignsUp)];

    public int Customers => options.Customers;

    public int Visitors => (int)(options.Customers * options.VisitorsPerCustomer);

    public int Bots => Math.Max(2, options.Customers / 250);

    public int Staff => Math.Max(2, options.Customers / 800);

    /// <summary>A customer of the history; from <see cref="Customers"/> on one who arrives after it, at its end.</summary>
    public Person Customer(long index)
    {
        var dice = new Dice(options.Seed, "customer", index);
        var arrivesAt = Arrival(index, Customers, dice);
        var inAccount = index % AccountEvery < AccountMembers;
        var channel = Channel.All[dice.Pick(CustomerChannels)];
        var number = index.ToString("D6", CultureInfo.InvariantCulture);
        return new()
        {
            Kind = PersonKind.Customer,
            Index = index,
            Id = "c" + number,
            UserId = "cust-" + number,
            AnonymousId = "dev-" + dice.Next().ToString("x16", CultureInfo.InvariantCulture),
            SecondDeviceId = dice.Chance(0.14) ? "app-" + dice.Next().ToString("x16", CultureInfo.InvariantCulture) : "",
            AccountId = inAccount ? "acct-" + (index / AccountEvery).ToString("D4", CultureInfo.InvariantCulture) : "",
            IsChampion = index % AccountEvery == 0,
            Persona = inAccount ? Persona.Business : Persona.Private[dice.Pick(Persona.PrivateShares)],
            Country = Countries.Codes[dice.Pick(Countries.Shares)],
            Channel = channel,
            Campaign = Campaign.Of(channel, history.DateOf(arrivesAt), dice),
            // Friends are invited by somebody who came before them.
            InvitedBy = channel == Channel.Referral && index > 0
                ? "c" + (index * 5 / 7).ToString("D6", CultureInfo.InvariantCulture)
                : "",
            UsesApp = dice.Chance(0.3),
            ClockSkew = dice.Chance(0.004) ? (long)(dice.Between(-3, 3) * History.Hour) : 0,
            ArrivesAt = arrivesAt,
        };
    }

    public Person Visitor(long index) => Stranger(PersonKind.Visitor, "v", index, Visitors);

    public Person Bot(long index) => Stranger(PersonKind.Bot, "b", index, Bots);

    public Person Employee(long index) => Stranger(PersonKind.Staff, "s", index, Staff);

    private Person Stranger(PersonKind kind, string prefix, long index, int count)
    {
        var dice = new Dice(options.Seed, prefix, index);
        var arrivesAt = Arrival(index, count, dice);
        var channel = kind == PersonKind.Visitor ? Channel.All[dice.Pick(VisitorChannels)] : Channel.Direct;
        return new()
        {
            Kind = kind,
            Index = index,
            Id = prefix + index.ToString("D6", CultureInfo.InvariantCulture),
            AnonymousId = "dev-" + dice.Next().ToString("x16", CultureInfo.InvariantCulture),
            Persona = Persona.Explorer,
            Country = Countries.Codes[dice.Pick(Countries.Shares)],
            Channel = channel,
            Campaign = Campaign.Of(channel, history.DateOf(arrivesAt), dice),
            UsesApp = dice.Chance(0.15),
            ArrivesAt = arrivesAt,
        };
    }

    private long Arrival(long index, int count, Dice dice) =>
        index >= count ? history.End : history.ArrivalOf((index + dice.Unit()) / count);
}
