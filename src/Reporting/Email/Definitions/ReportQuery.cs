namespace LifecycleMetrics.Reporting.Email.Definitions;

/// <summary>A question to the published views. Its rows are the list of the same name in the templates.</summary>
public sealed record ReportQuery
{
    public required string Name { get; init; }

    /// <summary>One SELECT on kpi_* and dim_* with placeholders such as {period_start:Date}.</summary>
    public required string Sql { get; init; }

    /// <summary>Whether an answer without rows means that something is wrong, so that the report must not go out.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Column with a list of numbers that is drawn as a sparkline for each row; null for none.</summary>
    public string? Sparkline { get; init; }

    /// <summary>Name of the CSV file with the rows; null for none.</summary>
    public string? Csv { get; init; }
}
