namespace LifecycleMetrics.Ingest.Importing;

/// <summary>The outcome of an import.</summary>
/// <param name="Counts">What became of lines and events.</param>
/// <param name="RejectsFile">CSV with every refused line and its reason; null if nothing was refused.</param>
public sealed record ImportSummary(ImportCounts Counts, string? RejectsFile);
