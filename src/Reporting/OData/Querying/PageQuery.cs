using LifecycleMetrics.Reporting.OData.Schema;

namespace LifecycleMetrics.Reporting.OData.Querying;

/// <summary>A query for one page.</summary>
/// <param name="Shown">Properties to write: the first columns, in this order.</param>
/// <param name="Order">The criteria of the order, ending in the key.</param>
/// <param name="SortOrdinals">Column of each criterion.</param>
/// <param name="Rows">Rows to write at most; one more in the answer means that another page follows.</param>
internal sealed record PageQuery(
    SqlQuery Query,
    IReadOnlyList<PublishedProperty> Shown,
    IReadOnlyList<SortKey> Order,
    IReadOnlyList<int> SortOrdinals,
    long Rows);
