using Microsoft.OData.Edm;

namespace LifecycleMetrics.Reporting.OData.Schema;

/// <summary>Immutable picture of the published views: the EDM model, its CSDL bytes, and the sets behind it.</summary>
/// <param name="Fingerprint">Changes when a view, column, type or comment changes.</param>
/// <param name="ETag">Strong, of <paramref name="Csdl"/>.</param>
internal sealed record ODataModel(
    string Fingerprint, IEdmModel Edm, IReadOnlyDictionary<string, PublishedSet> Sets, byte[] Csdl, string ETag);
