namespace LifecycleMetrics.Server.Demo;

/// <summary>Someone who looks and goes; a few put something into the cart.</summary>
internal static class VisitorLife
{
    public static void Live(Life life)
    {
        var dice = life.Dice;
        var person = life.Person;
        var at = person.ArrivesAt;
        Discovery.Arrive(life, ref at, looksAround: 0.22);
        if (dice.Chance(0.015))
            life.Add(TouchKind.ProductAdded, at + History.Minute, person.Channel, person.Campaign, isAnonymous: true);
        if (dice.Chance(0.05))
            life.Add(TouchKind.PageViewed, at + (long)(dice.Exponential(12) * History.Day), Channel.Direct, null, isAnonymous: true);
    }
}
