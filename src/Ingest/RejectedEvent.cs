namespace LifecycleMetrics.Ingest;

/// <summary>Why one event was refused.</summary>
/// <param name="Index">Position in the batch, from 0.</param>
/// <param name="Reason">Stable reason code, see <see cref="Validation.RejectReason"/>.</param>
/// <param name="Message">What is wrong and what to do, for people.</param>
public sealed record RejectedEvent(int Index, string Reason, string Message)
{
    /// <summary>Line from 1, if the body was read by lines.</summary>
    public int? Line { get; init; }

    /// <summary>Source that the event names, if its sender may; null is the sender's own.</summary>
    public string? Source { get; init; }
}
