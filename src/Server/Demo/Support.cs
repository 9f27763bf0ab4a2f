namespace LifecycleMetrics.Server.Demo;

/// <summary>Questions before the first order and after each: looked up, answered by the assistant, or a case.</summary>
internal static class Support
{
    private const int FirstQuestion = 0;

    /// <summary>Some ask before they buy; returns how much likelier they do.</summary>
    public static double AskFirst(Life life, long signedUpAt)
    {
        var dice = life.Dice;
        var question = new Touch { Kind = TouchKind.HelpArticleViewed, Person = life.Person, At = signedUpAt + History.Minute, Number = FirstQuestion };
        var kind = dice.Unit();
        if (kind < 0.06)
            LookUp(life, question);
        if (kind is < 0.05 or >= 0.08)
            return 1;
        Open(life, question with { At = signedUpAt + (2 * History.Minute) }, hours: 3);
        return 1.3;
    }

    /// <summary>What is asked about an order that has arrived, or has not; true if it became a case.</summary>
    public static bool AfterOrder(Life life, Touch order, long deliveredAt, bool isTrouble)
    {
        var dice = life.Dice;
        var hasCase = dice.Chance(isTrouble ? 0.30 : 0.07);
        if (dice.Chance(hasCase ? 0.4 : 0.09))
            LookUp(life, order with { At = deliveredAt - (long)(dice.Between(0.1, 12) * History.Hour) });
        if (!hasCase)
            return false;
        Open(life, order with { At = deliveredAt }, isTrouble ? 60 : 20);
        return true;
    }

    private static void LookUp(Life life, Touch question)
    {
        life.Add(question with { Kind = TouchKind.HelpArticleViewed });
        if (life.Dice.Chance(0.3))
            life.Add(question with { Kind = TouchKind.SupportCaseDeflected, At = question.At + (4 * History.Minute) });
    }

    private static void Open(Life life, Touch question, double hours)
    {
        var dice = life.Dice;
        life.Add(question with { Kind = TouchKind.SupportCaseOpened });
        var took = dice.Exponential(hours) * History.Hour;
        var resolved = question with { Kind = TouchKind.SupportCaseResolved, At = question.At + (long)took };
        life.Add(resolved);
        var survey = resolved with { Kind = TouchKind.SurveySent, Survey = "csat", At = resolved.At + History.Hour };
        life.Add(survey);
        if (!dice.Chance(0.3))
            return;
        // Whoever waits longer than two days is rarely content.
        var isContent = dice.Chance(took > 2 * History.Day ? 0.45 : 0.85);
        life.Add(survey with
        {
            Kind = TouchKind.SurveyAnswered,
            At = survey.At + (long)(dice.Exponential(8) * History.Hour),
            Score = isContent ? 4 + dice.Below(2) : 1 + dice.Below(3),
        });
    }
}
