namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Where an event or a fault comes from.</summary>
/// <param name="File">Name of the file as given.</param>
/// <param name="Number">Line from 1.</param>
/// <param name="Text">The line; cut off if it was too long.</param>
/// <param name="IsTooLong">True if the line exceeds the limit.</param>
internal readonly record struct InputLine(string File, long Number, string Text, bool IsTooLong = false);
