using System.Runtime.InteropServices;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>What became of a batch handed to the spool.</summary>
/// <param name="IsBusy">True if the spool could not take it; nothing of it was kept and the sender must send again.</param>
/// <param name="Accepted">Rows that are safe on disk.</param>
/// <param name="Duplicates">Rows left out because their event id was taken before, by their place in the batch.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SpoolOutcome(bool IsBusy, int Accepted, IReadOnlyList<int> Duplicates)
{
    public static SpoolOutcome Busy => new(IsBusy: true, 0, []);
}
