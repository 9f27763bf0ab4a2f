using LifecycleMetrics.Reporting.OData.Schema;
using Microsoft.Extensions.Logging.Abstractions;

namespace LifecycleMetrics.Reporting.Tests.OData;

/// <summary>Views with a column of every kind, as the database describes them and as SQL that creates them.</summary>
internal static class SomeViews
{
    public static readonly PublishedView Customer = new(
        "dim_customer",
        "Customers, one row each\nkey: subject_id",
        [
            new("subject_id", "String", "The customer"),
            new("country", "LowCardinality(String)", "ISO country code"),
            new("persona", "LowCardinality(Nullable(String))", "Persona, null if unknown"),
            new("first_seen_at", "DateTime64(3, 'UTC')", "First touchpoint"),
            new("last_order_at", "Nullable(DateTime64(3, 'UTC'))", "Last order, null if none"),
            new("born_date", "Nullable(Date)", "Birthday"),
            new("order_count", "UInt32", "Orders"),
            new("revenue_minor", "Nullable(Int64)", "Revenue in minor units"),
            new("balance", "Decimal(18, 4)", "Balance in currency units"),
            new("score", "Nullable(Float64)", "Score [not additive]"),
            new("is_identified", "Bool", "Known by user id"),
            new("kind", "Enum8('person' = 1, 'company' = 2)", "Kind of customer"),
            new("device_id", "UUID", "Device"),
            new("total", "UInt64", "A large count"),
        ]);

    public static readonly PublishedView Conversion = new(
        "kpi_stage_conversion",
        "Conversion between stages\nkey: model_id, period_start",
        [
            new("model_id", "LowCardinality(String)", "Model"),
            new("period_start", "Date", "First day"),
            new("value", "Nullable(Float64)", "Rate [not additive]"),
            new("n", "UInt64", "Subjects"),
        ]);

    public static readonly IReadOnlyList<PublishedView> All = [Customer, Conversion];

    public static ODataModel Model() => new ODataModelBuilder(NullLogger<ODataModelBuilder>.Instance).Build(All);

    /// <summary>Creates the view over <paramref name="select"/>, with the columns and comments given above.</summary>
    public static string Create(PublishedView view, string select) =>
        $"""
        create or replace view {view.Name}
        ({string.Join(", ", view.Columns.Select(column => $"{column.Name} {column.Type} comment {Quote(column.Comment)}"))})
        definer = current_user sql security definer
        as {select}
        comment {Quote(view.Comment)}
        """;

    private static string Quote(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "'";
}
