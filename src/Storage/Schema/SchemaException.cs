namespace LifecycleMetrics.Storage.Schema;

/// <summary>The schema can't be brought to this program's version; the message says which file and what to do.</summary>
public sealed class SchemaException(string message, Exception? inner = null) : Exception(message, inner);
