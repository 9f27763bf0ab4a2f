namespace LifecycleMetrics.Server.Demo;

/// <summary>How an account becomes a customer: its champion asks for a demo and, if all goes well, signs.</summary>
internal static class BusinessDeal
{
    public static void Live(Life life, long signedUpAt)
    {
        var dice = life.Dice;
        if (!life.Person.IsChampion || !dice.Chance(0.7))
            return;

        var requestedAt = History.AtWakingHour(signedUpAt + History.Day + (long)(dice.Exponential(6) * History.Day), dice);
        life.Add(TouchKind.DemoRequested, requestedAt, life.Person.Channel, life.Person.Campaign);
        if (!dice.Chance(0.5))
            return;
        life.Add(new Touch
        {
            Kind = TouchKind.ContractSigned,
            Person = life.Person,
            At = History.AtWakingHour(requestedAt + (long)(dice.Between(10, 45) * History.Day), dice),
            Amount = 240_000 + (dice.Below(40) * 24_000L),
        });
    }
}
