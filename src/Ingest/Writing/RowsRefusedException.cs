namespace LifecycleMetrics.Ingest.Writing;

/// <summary>ClickHouse refused rows for what they hold; sending them again can't help.</summary>
internal sealed class RowsRefusedException(string message, Exception innerException) : Exception(message, innerException);
