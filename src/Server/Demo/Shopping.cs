namespace LifecycleMetrics.Server.Demo;

/// <summary>The orders of a customer: the first, those after it, the long silence of some, and their return.</summary>
internal static class Shopping
{
    private const double CarrierTrouble = 0.40;

    /// <summary>Adds all visits and orders; returns the instant of the last order, 0 if there is none.</summary>
    /// <param name="life">Whose visits they are.</param>
    /// <param name="signedUpAt">When the person signed up.</param>
    /// <param name="interest">Factor on the probability of a first order.</param>
    public static long Live(Life life, long signedUpAt, double interest)
    {
        var person = life.Person;
        var dice = life.Dice;
        var quality = person.Campaign?.Quality ?? 1;
        var at = signedUpAt + (long)(dice.Between(9, 20) * History.Minute);
        if (!dice.Chance(person.Persona.Buys * person.Channel.Buys * quality * interest))
        {
            LookAround(life, at);
            return 0;
        }

        var decision = dice.Unit();
        if (decision > 0.55)
            at = History.AtWakingHour(at + History.Day + (long)(dice.Exponential(decision > 0.8 ? 24 : 4) * History.Day), dice);

        var (channel, campaign) = (person.Channel, person.Campaign);
        long lastAt = 0;
        for (var number = 1; number <= 40 && !life.IsOver(at); number++)
        {
            if (number > 1 && channel == Channel.Email)
                EmailProgramme.Remind(life, number, at, campaign!);
            var amount = Order(life, number, at, channel, campaign);
            lastAt = at;
            Aftercare.Live(life, number, at, amount);

            var again = person.Persona.Repeats * person.Channel.Repeats * Math.Sqrt(quality) + (0.12 * Math.Min(number - 1, 2));
            if (life.History.IsCarrierFailing(at))
                again *= CarrierTrouble;
            if (dice.Chance(Math.Min(again, 0.93)))
            {
                at = NextVisit(life, at);
                (channel, campaign) = Returning(dice);
            }
            else if (dice.Chance(0.10))
            {
                // Lapsed, and won back after half a year of silence.
                at = History.AtWakingHour(at + (long)(dice.Between(183, 270) * History.Day), dice);
                (channel, campaign) = (Channel.Email, Campaign.WinBack);
            }
            else
            {
                LookAround(life, at + (long)(dice.Exponential(30) * History.Day));
                return lastAt;
            }
        }

        return lastAt;
    }

    private static (Channel Channel, Campaign? Campaign) Returning(Dice dice) => dice.Unit() switch
    {
        < 0.50 => (Channel.Direct, null),
        < 0.70 => (Channel.Email, Campaign.Newsletter),
        < 0.88 => (Channel.OrganicSearch, null),
        _ => (Channel.PaidSearch, Campaign.All[0]),
    };

    private static long NextVisit(Life life, long at)
    {
        var dice = life.Dice;
        var next = at;
        for (var attempt = 0; attempt < 4; attempt++)
        {
            next = History.AtWakingHour(at + History.Day + (long)(dice.LogNormal(life.Person.Persona.GapDays, 0.75) * History.Day), dice);
            // More likely in a busy week: nearly everyone buys something around Black Friday.
            if (life.IsOver(next) || dice.Chance(Season.Factor(life.History.DateOf(next)) / 1.6))
                break;
        }

        return next;
    }

    private static long Order(Life life, int number, long at, Channel channel, Campaign? campaign)
    {
        var person = life.Person;
        var dice = life.Dice;
        var product = dice.Below(Catalogue.Products.Length);
        var touch = new Touch
        {
            Kind = TouchKind.PageViewed,
            Person = person,
            At = at - (9 * History.Minute),
            Channel = channel,
            Campaign = campaign,
            Product = product,
            Number = number,
            Amount = (long)Math.Max(900, dice.LogNormal(person.Persona.Basket, 0.5)),
        };
        if (number > 1)
            life.Add(touch);
        life.Add(touch with { Kind = TouchKind.ProductViewed, At = at - (7 * History.Minute) });
        life.Add(touch with { Kind = TouchKind.ProductAdded, At = at - (4 * History.Minute) });
        life.Add(touch with { Kind = TouchKind.CheckoutStarted, At = at - (2 * History.Minute) });
        life.Add(touch with { Kind = TouchKind.OrderCompleted, At = at });
        return touch.Amount;
    }

    private static void LookAround(Life life, long at)
    {
        var dice = life.Dice;
        for (var visits = dice.Below(4); visits > 0 && !life.IsOver(at); visits--)
        {
            life.Add(TouchKind.PageViewed, at, Channel.Direct);
            life.Add(TouchKind.ProductViewed, at + History.Minute, Channel.Direct);
            if (dice.Chance(0.25))
                life.Add(TouchKind.ProductAdded, at + (2 * History.Minute), Channel.Direct);
            at = History.AtWakingHour(at + History.Day + (long)(dice.Exponential(35) * History.Day), dice);
        }
    }
}
