using System.Runtime.InteropServices;

namespace LifecycleMetrics.Ingest.Writing;

/// <summary>Where a row stands in the bytes of a block.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BlockRow(ulong Sequence, int Start, int Length);
