namespace LifecycleMetrics.Server.Demo;

/// <summary>How an account becomes a customer: its champion asks for a demo and, if all goes well, signs; most then take a service plan.</summary>
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
        {
            // Too small for a contract; some take the plan alone.
            if (dice.Chance(0.3))
                Subscription.Live(life, History.AtWakingHour(requestedAt + (long)(dice.Between(1, 20) * History.Day), dice), 4_900);
            return;
        }

        var contract = new Touch
        {
            Kind = TouchKind.ContractSigned,
            Person = life.Person,
            At = History.AtWakingHour(requestedAt + (long)(dice.Between(10, 45) * History.Day), dice),
            Amount = 240_000 + (dice.Below(40) * 24_000L),
        };
        life.Add(contract);
        if (dice.Chance(0.85))
            Subscription.Live(life, contract.At + History.Hour, contract.Amount / 12);
    }
}
