namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>A KPI from its view, and from events in one statement.</summary>
/// <param name="Name">What it is.</param>
/// <param name="ViewSql">Query of the view.</param>
/// <param name="RawSql">The same from <c>touchpoint</c>.</param>
internal sealed record RawKpi(string Name, string ViewSql, string RawSql)
{
    private const string Year = "grain = 'month' and period_start >= toStartOfMonth(today()) - interval 11 month";
    private const string Everyone = Year + " and dimension = 'all'";

    public static IReadOnlyList<RawKpi> All { get; } =
    [
        Of("conversion", $"select * from kpi_stage_conversion where {Everyone} and model_id = 'sterne-cutler' and metric = 'stage_conversion' and from_stage = 'acquisition' and variant = 'first_visit'"),
        Of("churn", $"select * from kpi_churn where {Everyone} and metric = 'churn_rate' and is_mature"),
        Of("retention cohort", "select * from kpi_retention_cohort where grain = 'month' and cohort_start >= toStartOfMonth(today()) - interval 11 month and dimension = 'all' and variant = 'on'"),
        Of("revenue", $"select * from kpi_revenue where {Everyone} and metric = 'net_revenue'"),
        Of("attribution", $"select * from kpi_attribution where {Year} and dimension = 'channel' and metric = 'attributed_revenue' and attribution_model = 'last' and conversion = 'order'"),
    ];

    private static RawKpi Of(string name, string viewSql) => new(name, viewSql, SqlText.Load("raw_" + name.Replace(' ', '_')));
}
