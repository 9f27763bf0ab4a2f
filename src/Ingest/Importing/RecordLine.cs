namespace LifecycleMetrics.Ingest.Importing;

/// <summary>A record of columns: one line, or several if a quoted text spans them.</summary>
/// <param name="File">Name of the file as given.</param>
/// <param name="Number">Its first line, from 1.</param>
/// <param name="Text">Its text; cut off if it was too long.</param>
/// <param name="IsTooLong">True if a line exceeds the limit.</param>
internal sealed record RecordLine(string File, long Number, string Text, bool IsTooLong);
