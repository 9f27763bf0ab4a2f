using System.Globalization;

namespace LifecycleMetrics.Reporting.Email.Templates.Functions;

/// <summary>The functions of <c>date</c> and the members of dates.</summary>
internal static class DateFunctions
{
    public static IReadOnlyDictionary<string, object?> Table { get; } = new FunctionTable("date")
        .Add("now", "", a => a.Context.Settings.TimeProvider.GetUtcNow())
        .Add("parse", "text pattern? culture?", a => Parse(a))
        .Add("to_string", "date pattern? culture?", a => a[0] is null ? null : Format(a))
        .Add("add_days", "date days", a => Add(a, (date, days) => date.AddDays(days)))
        .Add("add_hours", "date hours", a => Add(a, (date, hours) => date.AddHours(hours)))
        .Add("add_minutes", "date minutes", a => Add(a, (date, minutes) => date.AddMinutes(minutes)))
        .Add("add_seconds", "date seconds", a => Add(a, (date, seconds) => date.AddSeconds(seconds)))
        .Add("add_months", "date months", a => Add(a, (date, _) => date.AddMonths(a.Integer(1))))
        .Add("add_years", "date years", a => Add(a, (date, _) => date.AddYears(a.Integer(1))))
        .Functions;

    /// <summary>A part of a date, or null when dates have no such member.</summary>
    public static object? Member(DateTimeOffset date, string name) => name switch
    {
        "year" => (long)date.Year,
        "month" => (long)date.Month,
        "day" => (long)date.Day,
        "day_of_year" => (long)date.DayOfYear,
        "hour" => (long)date.Hour,
        "minute" => (long)date.Minute,
        "second" => (long)date.Second,
        "millisecond" => (long)date.Millisecond,
        _ => null,
    };

    private static string Format(BoundArguments a)
    {
        try
        {
            return DatePattern.Format(a.Date(0), a.Has(1) ? a.Text(1) : DatePattern.Default, a.CultureOr(2));
        }
        catch (FormatException wrong)
        {
            throw a.Fail(wrong.Message, wrong);
        }
    }

    private static DateTimeOffset? Parse(BoundArguments a)
    {
        if (a[0] is null) return null;
        var culture = a.CultureOr(2);
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces;
        try
        {
            var isParsed = a.Has(1) && a[1] is not null
                ? DateTimeOffset.TryParseExact(a.Text(0), DatePattern.ToDotNet(a.Text(1)), culture, Styles, out var date)
                : DateTimeOffset.TryParse(a.Text(0), culture, Styles, out date);
            return isParsed ? date : throw a.Fail($"\"{a.Text(0)}\" isn't a date");
        }
        catch (FormatException wrong)
        {
            throw a.Fail(wrong.Message, wrong);
        }
    }

    private static DateTimeOffset Add(BoundArguments a, Func<DateTimeOffset, double, DateTimeOffset> add)
    {
        try
        {
            return add(a.Date(0), Evaluation.Arithmetic.ToDouble(a.Number(1)));
        }
        catch (ArgumentOutOfRangeException outside)
        {
            throw a.Fail("the result isn't a date", outside);
        }
    }
}
