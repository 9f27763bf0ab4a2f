namespace LifecycleMetrics.Reporting.Dashboards.Access;

/// <summary>What the sign-in form sends.</summary>
internal sealed record SignInRequest(string? Key);
