using System.Runtime.InteropServices;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>A place in the spool: a segment, or none yet, and the offset of the next frame in it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SpoolCursor(SpoolSegment? Segment, long Offset);
