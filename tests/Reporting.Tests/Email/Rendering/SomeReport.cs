using LifecycleMetrics.Reporting.Email.Definitions;
using LifecycleMetrics.Reporting.Email.Rendering;
using LifecycleMetrics.Reporting.Email.Templates;

namespace LifecycleMetrics.Reporting.Tests.Email.Rendering;

/// <summary>The shipped report with fixed numbers.</summary>
internal static class SomeReport
{
    public static Uri PublicUrl { get; } = new("https://metrics.example.com/");

    public static Report Shipped() =>
        ReportCatalog.Load(Path.Combine(AppContext.BaseDirectory, "reports"), new TemplateEngine()).Get("executive-weekly");

    public static ReportPeriod Period() => ReportPeriod.Before(
        new(2026, 11, 9, 7, 0, 0, TimeSpan.Zero), PeriodUnit.Week, TimeZoneInfo.Utc, DayOfWeek.Monday, 12);

    public static ReportLinks Links() => new(PublicUrl, TimeZoneInfo.Utc);

    public static ReportData Data() => new(Period(), new Dictionary<string, ReportRows>
    {
        ["numbers"] = new(
            ["metric", "unit", "currency", "minor_factor", "good_direction", "current", "previous", "history"],
            [
                ["net_revenue", "money", "EUR", 100L, "up", 4_823_150.0, 4_501_200.0, List(3_900_000, 4_100_000, 4_050_000, 4_300_000, 4_210_000, 4_501_200, 4_823_150)],
                ["orders", "count", "", 100L, "up", 612.0, 640.0, List(520, 560, 580, 610, 600, 640, 612)],
                ["conversions", "count", "", 100L, "up", 214.0, 0.0, List(180, 190, null, 205, 199, 0, 214)],
                ["retention_rate", "ratio", "", 100L, "up", 0.9123, 0.9123, List(0.9, 0.905, 0.91, 0.911, 0.912, 0.9123, 0.9123)],
                ["churn_rate", "ratio", "", 100L, "down", 0.0877, 0.0914, List(0.1, 0.095, 0.09, 0.089, 0.088, 0.0914, 0.0877)],
            ]),
        ["leaks"] = new(
            ["from_stage", "to_stage", "from_en", "from_es", "from_it", "from_pt", "to_en", "to_es", "to_it", "to_pt", "window_days", "cohort_start", "converted_count", "entered_count", "unit", "good_direction", "current", "previous"],
            [
                ["acquisition", "conversion", "Acquisition <b>", "Adquisición", "Acquisizione", "Aquisição", "Conversion & more", "Conversión", "Conversione", "Conversão", 90L, new DateOnly(2026, 8, 3), 118L, 902L, "ratio", "up", 0.1308, 0.1461],
                ["reach", "acquisition", "Reach", "Alcance", "Copertura", "Alcance", "Acquisition <b>", "Adquisición", "Acquisizione", "Aquisição", 30L, new DateOnly(2026, 9, 28), 903L, 2_251L, "ratio", "up", 0.4012, 0.3876],
            ]),
        ["stages"] = new(
            ["stage_id", "label_en", "label_es", "label_it", "label_pt", "unit", "good_direction", "current", "previous", "history"],
            [
                ["reach", "Reach", "Alcance", "Copertura", "Alcance", "count", "up", 2_410.0, 2_251.0, List(2000, 2100, 2050, 2200, 2251, 2410)],
                ["conversion", "=1+1", "Conversión", "Conversione", "Conversão", "count", "up", 231.0, 240.0, List(200, 210, 220, 230, 240, 231)],
                ["lapsed", "Lapsed", "Perdido", "Perso", "Perdido", "count", "down", null, 30.0, List(20, 25, 28, 31, 30, null)],
            ]),
    });

    public static RenderedReport Render(string language) =>
        new ReportRenderer(TimeProvider.System).Render(Shipped(), Data(), language, Links(), TestContext.Current.CancellationToken);

    private static List<object?> List(params double?[] values) => [.. values.Select(value => (object?)value)];
}
