using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace LifecycleMetrics.Ingest.Outcomes;

/// <summary>What is counted together.</summary>
/// <param name="Minute">Minutes since 1970.</param>
/// <param name="KeyId">Write key.</param>
/// <param name="Source">Source name of the key.</param>
/// <param name="Outcome">What became of the events.</param>
/// <param name="Reason">Reason of a rejection, else empty.</param>
[StructLayout(LayoutKind.Auto)]
[method: JsonConstructor]
internal readonly record struct OutcomeKey(long Minute, string KeyId, string Source, EventOutcome Outcome, string Reason);
