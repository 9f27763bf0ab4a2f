namespace LifecycleMetrics.Ingest;

/// <summary>A request body that can't be read as a whole: broken JSON or over a size limit. Nothing of it was taken.</summary>
public sealed class IngestFormatException : Exception
{
    public IngestFormatException(string code, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
    }

    /// <summary>Stable code, for example <c>invalid_json</c> or <c>body_too_large</c>.</summary>
    public string Code { get; }
}
