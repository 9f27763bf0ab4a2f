namespace LifecycleMetrics.Server.Demo;

/// <summary>The first contact of a person with the shop: an advertisement, a click, a page.</summary>
internal static class Discovery
{
    /// <summary>Adds the first contact and moves <paramref name="at"/> to its end.</summary>
    public static void Arrive(Life life, ref long at, double looksAround)
    {
        var person = life.Person;
        var dice = life.Dice;
        if (person.Channel.IsAdvertised)
        {
            if (dice.Chance(0.25))
            {
                life.Add(TouchKind.AdImpression, at, person.Channel, person.Campaign, isAnonymous: true);
                at += (long)(dice.Between(0.2, 4) * History.Minute);
            }

            if (dice.Chance(0.35))
            {
                life.Add(TouchKind.AdClicked, at, person.Channel, person.Campaign, isAnonymous: true);
                at += 2_000;
            }
        }

        life.Add(TouchKind.PageViewed, at, person.Channel, person.Campaign, isAnonymous: true);
        at += (long)(dice.Between(0.2, 3) * History.Minute);
        if (dice.Chance(looksAround))
        {
            life.Add(TouchKind.ProductViewed, at, person.Channel, person.Campaign, isAnonymous: true);
            at += (long)(dice.Between(0.2, 3) * History.Minute);
        }
    }
}
