namespace LifecycleMetrics.Storage.Ledger;

/// <summary>A value as it was published, as <c>published_value</c> keeps it.</summary>
/// <param name="ViewName">View it was read from.</param>
/// <param name="Metric">Metric; <c>dim_metric</c> has its unit.</param>
/// <param name="MetricVersion">Version of the metric then.</param>
/// <param name="ModelId">Lifecycle model, empty if none.</param>
/// <param name="ModelVersion">Version of the model then.</param>
/// <param name="Grain">Length of the period.</param>
/// <param name="PeriodStart">First day of the period.</param>
/// <param name="Dimension">Slice.</param>
/// <param name="DimensionValue">Value of the slice.</param>
/// <param name="FurtherKey">The other columns of the view's key, as <c>name=value</c>, separated by commas.</param>
/// <param name="Numerator">Numerator.</param>
/// <param name="Denominator">Denominator; null if there is none.</param>
/// <param name="Value">Value; null if there is none.</param>
public sealed record PublishedValue(
    string ViewName,
    string Metric,
    int MetricVersion,
    string ModelId,
    int ModelVersion,
    string Grain,
    DateOnly PeriodStart,
    string Dimension,
    string DimensionValue,
    string FurtherKey,
    long Numerator,
    long? Denominator,
    double? Value);
