namespace LifecycleMetrics.Server.Demo;

/// <summary>The service plan of an account: renewed each month, at times enlarged or cut, and some day cancelled; some come back.</summary>
internal static class Subscription
{
    private const long Month = (long)(30.44 * History.Day);
    private const double CancelsInAMonth = 0.035;
    private const double GrowsInAMonth = 0.07;
    private const double ShrinksInAMonth = 0.025;
    private const double ComesBack = 0.25;

    public static void Live(Life life, long startedAt, long monthly)
    {
        // Dice of its own: a longer plan doesn't change what the person buys.
        var dice = new Dice(life.Dice.Next(), "subscription");
        for (var number = 1; number <= 3 && !life.IsOver(startedAt); number++)
        {
            var endedAt = Run(life, dice, number, startedAt, monthly);
            if (endedAt == long.MaxValue || !dice.Chance(ComesBack))
                return;
            startedAt = History.AtWakingHour(endedAt + (long)(dice.Between(45, 150) * History.Day), dice);
        }
    }

    /// <summary>One subscription; returns when it was cancelled, or the end of time.</summary>
    private static long Run(Life life, Dice dice, int number, long startedAt, long monthly)
    {
        var touch = new Touch { Kind = TouchKind.SubscriptionStarted, Person = life.Person, At = startedAt, Number = number, Amount = monthly };
        life.Add(touch);
        for (var at = startedAt + Month; !life.IsOver(at); at += Month)
        {
            if (dice.Chance(CancelsInAMonth))
            {
                life.Add(touch with { Kind = TouchKind.SubscriptionCancelled, At = at });
                return at;
            }

            life.Add(touch with { Kind = TouchKind.SubscriptionRenewed, At = at });
            var change = dice.Unit();
            if (change >= GrowsInAMonth + ShrinksInAMonth)
                continue;
            var factor = change < GrowsInAMonth ? dice.Between(1.15, 1.6) : dice.Between(0.6, 0.9);
            touch = touch with { Kind = TouchKind.SubscriptionChanged, Amount = (long)(touch.Amount * factor) / 100 * 100 };
            life.Add(touch with { At = at + (long)(dice.Between(2, 25) * History.Day) });
        }

        return long.MaxValue;
    }
}
