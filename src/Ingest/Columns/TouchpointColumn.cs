namespace LifecycleMetrics.Ingest.Columns;

/// <summary>A column of table <c>touchpoint</c> as it is spooled and sent.</summary>
/// <param name="Name">Name in the table.</param>
/// <param name="Kind">How its values are kept.</param>
/// <param name="Type">Type in the table.</param>
internal sealed record TouchpointColumn(string Name, ColumnKind Kind, string Type);
