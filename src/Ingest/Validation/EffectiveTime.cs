using System.Runtime.InteropServices;

namespace LifecycleMetrics.Ingest.Validation;

/// <summary>When an event counts as having happened. All times are milliseconds since 1970, UTC.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EffectiveTime(long OccurredAt, TimeBasis Basis)
{
    /// <summary>
    /// The sender's timestamp, moved by received − sent if its clock is off by more than the tolerance. A timestamp
    /// beside a different <paramref name="original"/> was set on purpose (back-dated) and stays.
    /// </summary>
    public static EffectiveTime Of(
        long? timestamp, long? original, long? sent, long received, long skewTolerance, long maxFuture)
    {
        if ((timestamp ?? original) is not { } stated)
            return new(received, TimeBasis.Received);

        var effective = new EffectiveTime(stated, TimeBasis.Explicit);
        var isBackDated = timestamp is not null && original is not null && timestamp != original;
        if (!isBackDated && sent is { } sentAt && Math.Abs(received - sentAt) > skewTolerance)
            effective = new(stated + received - sentAt, TimeBasis.Corrected);

        var isPossible = effective.OccurredAt <= received + maxFuture
            && effective.OccurredAt >= TimestampText.MinMilliseconds;
        return isPossible ? effective : new(received, TimeBasis.Received);
    }
}
