namespace LifecycleMetrics.Server.Demo;

/// <summary>The monthly newsletter to those who want it, and mails that win lapsed customers back.</summary>
internal static class EmailProgramme
{
    // Numbers of reminders must not meet those of newsletters.
    private const int FirstReminder = 1_000;

    public static void Live(Life life, long signedUpAt, long lastOrderAt)
    {
        var dice = life.Dice;
        if (!dice.Chance(0.72))
            return;

        var number = 0;
        var wonBackAt = lastOrderAt + (100 * History.Day);
        for (var at = FirstTuesdayAfter(life.History, signedUpAt); !life.IsOver(at); at = NextMonth(life.History, at))
        {
            if (!Mail(life, ++number, at + (dice.Below(90) * History.Minute), Campaign.Newsletter, opens: 1))
                return;
        }

        if (lastOrderAt > 0 && !life.IsOver(wonBackAt))
            Mail(life, ++number, wonBackAt, Campaign.WinBack, opens: 0.7);
    }

    /// <summary>The mail a returning customer clicks in before the order.</summary>
    public static void Remind(Life life, int number, long orderedAt, Campaign campaign)
    {
        var clickedAt = orderedAt - (10 * History.Minute);
        var mail = new Touch
        {
            Kind = TouchKind.EmailSent,
            Person = life.Person,
            At = clickedAt - (long)(life.Dice.Between(0.2, 20) * History.Hour),
            Channel = Channel.Email,
            Campaign = campaign,
            Number = FirstReminder + number,
        };
        life.Add(mail);
        life.Add(mail with { Kind = TouchKind.EmailDelivered, At = mail.At + History.Minute });
        life.Add(mail with { Kind = TouchKind.EmailOpened, At = clickedAt - History.Minute });
        life.Add(mail with { Kind = TouchKind.EmailClicked, At = clickedAt });
    }

    // True while the person goes on receiving mails.
    private static bool Mail(Life life, int number, long at, Campaign campaign, double opens)
    {
        var dice = life.Dice;
        var mail = new Touch
        {
            Kind = TouchKind.EmailSent,
            Person = life.Person,
            At = at,
            Channel = Channel.Email,
            Campaign = campaign,
            Number = number,
        };
        life.Add(mail);
        if (!Arrives(life, mail) || !dice.Chance(life.Person.Persona.Opens * opens))
            return true;

        var openedAt = at + (long)(dice.Exponential(7) * History.Hour);
        life.Add(mail with { Kind = TouchKind.EmailOpened, At = openedAt });
        if (dice.Chance(0.16))
        {
            life.Add(mail with { Kind = TouchKind.EmailClicked, At = openedAt + (History.Minute / 2) });
            life.Add(mail with { Kind = TouchKind.PageViewed, At = openedAt + History.Minute });
        }

        if (dice.Chance(0.003))
        {
            life.Add(mail with { Kind = TouchKind.EmailComplained, At = openedAt + (2 * History.Minute) });
            return false;
        }

        if (!dice.Chance(0.012))
            return true;
        life.Add(mail with { Kind = TouchKind.EmailUnsubscribed, At = openedAt + (2 * History.Minute) });
        return false;
    }

    // True if the mail is delivered; some of those are opened by the mailbox provider, whoever reads them.
    private static bool Arrives(Life life, Touch mail)
    {
        var dice = life.Dice;
        var fate = dice.Unit();
        if (fate >= 0.988)
        {
            if (fate < 0.998)
                life.Add(mail with { Kind = TouchKind.EmailBounced, At = mail.At + History.Minute });
            return false;
        }

        life.Add(mail with { Kind = TouchKind.EmailDelivered, At = mail.At + (long)(dice.Between(0.1, 2) * History.Minute) });
        if (dice.Chance(0.12))
            life.Add(mail with { Kind = TouchKind.EmailOpened, At = mail.At + (3 * History.Minute), IsMachine = true });
        return true;
    }

    private static long FirstTuesdayAfter(History history, long at)
    {
        var day = history.DateOf(at).AddDays(2);
        var first = new DateOnly(day.Year, day.Month, 1);
        var tuesday = FirstTuesday(first);
        return At(history, tuesday >= day ? tuesday : FirstTuesday(first.AddMonths(1)));
    }

    private static long NextMonth(History history, long at)
    {
        var day = history.DateOf(at);
        return At(history, FirstTuesday(new DateOnly(day.Year, day.Month, 1).AddMonths(1)));
    }

    private static DateOnly FirstTuesday(DateOnly first) =>
        first.AddDays(((int)DayOfWeek.Tuesday - (int)first.DayOfWeek + 7) % 7);

    private static long At(History history, DateOnly day) =>
        history.Start + ((day.DayNumber - history.FirstDay.DayNumber) * History.Day) + (9 * History.Hour);
}
