namespace LifecycleMetrics.Server.Demo;

/// <summary>Crawlers that read every page for some days, and staff who try the shop out: both must not count.</summary>
internal static class MachineLife
{
    public static void Crawl(Life life)
    {
        var at = life.Person.ArrivesAt;
        for (var pages = 20 + life.Dice.Below(120); pages > 0; pages--)
        {
            life.Add(TouchKind.PageViewed, at, Channel.Direct, null, isAnonymous: true);
            at += (long)(life.Dice.Exponential(0.7) * History.Hour);
        }
    }

    public static void TryOut(Life life)
    {
        var at = life.Person.ArrivesAt;
        for (var visits = 10 + life.Dice.Below(40); visits > 0; visits--)
        {
            life.Add(TouchKind.PageViewed, at, Channel.Direct, null, isAnonymous: true);
            life.Add(TouchKind.ProductViewed, at + History.Minute, Channel.Direct, null, isAnonymous: true);
            at = History.AtWakingHour(at + (long)(life.Dice.Exponential(3) * History.Day) + History.Day, life.Dice);
        }
    }
}
