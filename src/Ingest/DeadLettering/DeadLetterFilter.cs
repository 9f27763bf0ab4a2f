namespace LifecycleMetrics.Ingest.DeadLettering;

/// <summary>Which dead letters are meant; what is not given is not looked at.</summary>
/// <param name="Since">Refused at or after.</param>
/// <param name="Until">Refused before.</param>
/// <param name="Reason">Reason code.</param>
/// <param name="Source">Source name.</param>
/// <param name="KeyId">Id of the write key.</param>
public sealed record DeadLetterFilter(
    DateTimeOffset? Since = null, DateTimeOffset? Until = null, string? Reason = null, string? Source = null, string? KeyId = null)
{
    /// <summary>True if the letter is meant.</summary>
    public bool Accepts(DeadLetter letter) =>
        (Since is not { } since || letter.Time >= since)
        && (Until is not { } until || letter.Time < until)
        && (Reason is null || Reason == letter.Reason)
        && (Source is null || Source == letter.Source.Source)
        && (KeyId is null || KeyId == letter.Source.KeyId);

    /// <summary>True if a day's file may hold letters that are meant.</summary>
    public bool MayBeOn(DateOnly day) =>
        (Since is not { } since || day >= DateOnly.FromDateTime(since.UtcDateTime))
        && (Until is not { } until || day <= DateOnly.FromDateTime(until.UtcDateTime));
}
