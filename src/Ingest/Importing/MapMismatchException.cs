namespace LifecycleMetrics.Ingest.Importing;

/// <summary>A file has not the columns its map names, or those of its format.</summary>
public sealed class MapMismatchException(string message, Exception innerException) : Exception(message, innerException);
