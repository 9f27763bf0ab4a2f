using System.IO.Hashing;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>128 bits that stand for an event id in the window of ids seen and in the spool.</summary>
internal static class EventIdHash
{
    /// <summary>XXH128 of the id's UTF-8 text. Written to disk: the function can't change without a new format version.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> eventId) => XxHash128.HashToUInt128(eventId);
}
