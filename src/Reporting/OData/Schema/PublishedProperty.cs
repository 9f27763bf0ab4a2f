using Microsoft.OData.Edm;

namespace LifecycleMetrics.Reporting.OData.Schema;

/// <summary>A property of an entity type and the column behind it.</summary>
/// <param name="Sql">Reads the column in the form OData shows.</param>
/// <param name="Type">Type of <paramref name="Sql"/>.</param>
internal sealed record PublishedProperty(string Name, string Sql, ColumnType Type, IEdmStructuralProperty Edm);
