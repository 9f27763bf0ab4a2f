namespace LifecycleMetrics.Lifecycle.Cells;

/// <summary>A column of a cell table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as ClickHouse writes it.</param>
internal sealed record CellColumn(string Name, string Type);
