namespace LifecycleMetrics.Reporting.OData.Paging;

/// <summary>Where a page ended.</summary>
/// <param name="Delivered">Rows of this and all earlier pages, to honour $top.</param>
/// <param name="Count">The total as first counted, when it was asked for: it is not counted again on every page.</param>
/// <param name="Values">The last row's sort values as text; null is null.</param>
internal sealed record PageToken(long Delivered, long? Count, IReadOnlyList<string?> Values);
