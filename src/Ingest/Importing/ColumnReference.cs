namespace LifecycleMetrics.Ingest.Importing;

/// <summary>A column by name or by number.</summary>
/// <param name="Name">Name in the header; null if given by number.</param>
/// <param name="Number">Position from 1; 0 if given by name.</param>
public sealed record ColumnReference(string? Name, int Number)
{
    public override string ToString() => Name is null ? $"column {Number}" : $"\"{Name}\"";
}
