using System.Runtime.InteropServices;

namespace LifecycleMetrics.Ingest.Writing;

/// <summary>How far the writer has come.</summary>
/// <param name="Segment">Segment being written; all before it are done.</param>
/// <param name="Confirmed">Offset in it up to which ClickHouse has everything.</param>
/// <param name="InFlight">Offset in it up to which a block was sent without an answer so far; 0 if none was.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WritePosition(ulong Segment, long Confirmed, long InFlight);
