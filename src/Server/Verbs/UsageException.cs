namespace LifecycleMetrics.Server.Verbs;

/// <summary>Wrong usage or configuration; the message says what and how to put it right.</summary>
internal sealed class UsageException(string message) : Exception(message);
