namespace LifecycleMetrics.Server.Doctor;

/// <summary>One thing the doctor looked at.</summary>
/// <param name="Subject">What was looked at.</param>
/// <param name="IsGood">Whether it is as it should be.</param>
/// <param name="Text">What was found and, if it is not good, what to do.</param>
internal sealed record Finding(string Subject, bool IsGood, string Text);
