namespace LifecycleMetrics.Ingest.Importing;

/// <summary>How far an import is.</summary>
/// <param name="File">File being read; null while orders put together are handed over.</param>
/// <param name="BytesRead">Bytes read of all files, as they lie on disk.</param>
/// <param name="TotalBytes">Bytes of all files.</param>
/// <param name="Counts">What became of the lines and events so far.</param>
public sealed record ImportProgress(string? File, long BytesRead, long TotalBytes, ImportCounts Counts);
