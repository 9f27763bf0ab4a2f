using System.Globalization;

namespace LifecycleMetrics.Reporting.Email.Rendering;

/// <summary>
/// Numbers and dates of each language, held here so that a mail doesn't depend on the locale data of the machine
/// that makes it.
/// </summary>
public static class ReportCulture
{
    public static CultureInfo Of(string language) => language switch
    {
        "es" => Spanish,
        "it" => Italian,
        "pt" => Portuguese,
        _ => CultureInfo.InvariantCulture,
    };

    private static CultureInfo Spanish { get; } = Create(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "domingo lunes martes miércoles jueves viernes sábado");

    private static CultureInfo Italian { get; } = Create(
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "domenica lunedì martedì mercoledì giovedì venerdì sabato");

    private static CultureInfo Portuguese { get; } = Create(
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado");

    private static CultureInfo Create(string months, string days)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.PercentDecimalSeparator = ",";
        culture.NumberFormat.PercentGroupSeparator = ".";
        var monthNames = months.Split(' ');
        var dayNames = days.Split(' ');

        // The thirteenth month exists in other calendars only.
        culture.DateTimeFormat.MonthNames = culture.DateTimeFormat.MonthGenitiveNames = [.. monthNames, ""];
        culture.DateTimeFormat.AbbreviatedMonthNames = culture.DateTimeFormat.AbbreviatedMonthGenitiveNames = [.. monthNames.Select(Short), ""];
        culture.DateTimeFormat.DayNames = dayNames;
        culture.DateTimeFormat.AbbreviatedDayNames = [.. dayNames.Select(Short)];
        return CultureInfo.ReadOnly(culture);
    }

    private static string Short(string name) => name[..3];
}
