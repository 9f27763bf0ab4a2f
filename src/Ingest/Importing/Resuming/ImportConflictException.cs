namespace LifecycleMetrics.Ingest.Importing.Resuming;

/// <summary>An import can't go on under the id given.</summary>
internal sealed class ImportConflictException(string code, string message) : Exception(message)
{
    /// <summary>Stable code.</summary>
    public string Code { get; } = code;
}
