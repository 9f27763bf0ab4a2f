namespace LifecycleMetrics.Server.Demo;

/// <summary>What follows an order: points, questions, refunds, surveys, reviews and invitations.</summary>
internal static class Aftercare
{
    public static void Live(Life life, int number, long orderedAt, long amount)
    {
        var person = life.Person;
        var persona = person.Persona;
        var dice = life.Dice;
        var isTrouble = life.History.IsCarrierFailing(orderedAt);
        var deliveredAt = orderedAt + (long)(dice.Between(2, isTrouble ? 16 : 5) * History.Day);
        var touch = new Touch { Kind = TouchKind.LoyaltyPointsEarned, Person = person, At = orderedAt + 60_000, Number = number, Amount = 50 };
        life.Add(touch);
        if (number >= 3 && dice.Chance(0.3))
            life.Add(touch with { Kind = TouchKind.LoyaltyPointsRedeemed, Amount = 100 });
        else if (dice.Chance(0.2))
            life.Add(touch with { Kind = TouchKind.LoyaltyPointsExpired, At = orderedAt + (180 * History.Day) });

        var hasCase = Support.AfterOrder(life, touch, deliveredAt, isTrouble);

        var isRefunded = dice.Chance(persona.Refunds * (isTrouble ? 2.5 : 1));
        if (isRefunded)
        {
            life.Add(touch with
            {
                Kind = TouchKind.OrderRefunded,
                At = deliveredAt + (long)(dice.Exponential(6) * History.Day),
                Amount = dice.Chance(0.3) ? amount * 2 / 5 : amount,
            });
            return;
        }

        if (number == 1 || number % 4 == 0)
            Ask(life, touch with { Survey = "nps", At = deliveredAt + History.Day }, isTrouble || hasCase);
        if (dice.Chance(0.08))
        {
            var stars = isTrouble ? 1 + dice.Below(3) : 3 + dice.Below(3);
            life.Add(touch with { Kind = TouchKind.ReviewSubmitted, At = deliveredAt + (5 * History.Day), Score = stars });
        }

        if (!isTrouble && dice.Chance(persona.Refers))
        {
            for (var friends = 3 + dice.Below(5); friends > 0; friends--)
                life.Add(touch with { Kind = TouchKind.ReferralSent, At = deliveredAt + (7 * History.Day) + (friends * History.Minute) });
        }
    }

    private static void Ask(Life life, Touch survey, bool isAnnoyed)
    {
        var dice = life.Dice;
        life.Add(survey with { Kind = TouchKind.SurveySent });
        if (!dice.Chance(0.24))
            return;
        var promoter = life.Person.Persona.Promoter * (isAnnoyed ? 0.35 : 1);
        var answer = dice.Unit();
        var score = answer < promoter ? 9 + dice.Below(2)
            : answer < promoter + (isAnnoyed ? 0.2 : 0.30) ? 7 + dice.Below(2)
            : dice.Below(7);
        life.Add(survey with { Kind = TouchKind.SurveyAnswered, At = survey.At + History.Day, Score = score });
    }
}
