using System.Runtime.InteropServices;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Where an event comes from.</summary>
/// <param name="File">Name of the file as given.</param>
/// <param name="Line">Line from 1.</param>
/// <param name="Text">What stands for it in the rejects; null: the event itself.</param>
/// <param name="IdBytes">Bytes after the first that were put into the event and are not in the file.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EventOrigin(string File, long Line, string? Text, int IdBytes = 0)
{
    /// <summary>Where the event stands in the body of its batch.</summary>
    public int Start { get; init; }

    public int Length { get; init; }
}
