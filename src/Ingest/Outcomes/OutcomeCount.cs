using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace LifecycleMetrics.Ingest.Outcomes;

/// <summary>A count as it is written: of all events of its key that a run has counted so far.</summary>
[StructLayout(LayoutKind.Auto)]
[method: JsonConstructor]
internal readonly record struct OutcomeCount(string RunId, OutcomeKey Key, long Events);
