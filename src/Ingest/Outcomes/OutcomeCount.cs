using System.Runtime.InteropServices;

namespace LifecycleMetrics.Ingest.Outcomes;

/// <summary>A count as it is written: of all events of its key that a run has counted so far.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OutcomeCount(string RunId, OutcomeKey Key, long Events);
