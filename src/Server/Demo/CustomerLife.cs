namespace LifecycleMetrics.Server.Demo;

/// <summary>Someone who signs up: discovery, sign-up, and then orders, mails and, for some, a contract.</summary>
internal static class CustomerLife
{
    public static void Live(Life life)
    {
        var person = life.Person;
        var dice = life.Dice;
        var at = person.ArrivesAt;
        Discovery.Arrive(life, ref at, looksAround: 0.6);
        if (dice.Chance(0.35))
        {
            at += (long)(dice.Exponential(4) * History.Day);
            at = Math.Max(History.AtWakingHour(at, dice), person.ArrivesAt + (5 * History.Minute));
            life.Add(TouchKind.PageViewed, at, Channel.Direct, null, isAnonymous: true);
            at += History.Minute;
        }

        SignUp(life, at);
        if (person.AccountId.Length > 0)
            BusinessDeal.Live(life, at);
        var lastOrderAt = Shopping.Live(life, at, Support.AskFirst(life, at));
        EmailProgramme.Live(life, at, lastOrderAt);
    }

    private static void SignUp(Life life, long at)
    {
        var person = life.Person;
        var dice = life.Dice;
        // Carries both ids, which makes what happened before it the customer's.
        life.Add(TouchKind.Identified, at, person.Channel, person.Campaign);
        if (person.InvitedBy.Length > 0)
            life.Add(TouchKind.ReferralAccepted, at + 300, person.Channel, person.Campaign);
        life.Add(TouchKind.SignedUp, at + 500, person.Channel, person.Campaign);
        if (person.AccountId.Length > 0)
            life.Add(TouchKind.Grouped, at + 900);

        if (person.SecondDeviceId.Length == 0)
            return;
        // First looks around unknown on the second device, then signs in there.
        var second = History.AtWakingHour(at + (long)(dice.Exponential(20) * History.Day) + History.Day, dice);
        life.Add(new Touch
        {
            Kind = TouchKind.ProductViewed,
            Person = person,
            At = second,
            IsAnonymous = true,
            IsSecondDevice = true,
            Channel = Channel.Direct,
        });
        var merge = dice.Chance(0.8) ? TouchKind.Identified : TouchKind.Aliased;
        life.Add(new Touch { Kind = merge, Person = person, At = second + History.Minute, IsSecondDevice = true });
    }
}
