using LifecycleMetrics.Lifecycle.Tests.Support;

namespace LifecycleMetrics.Oracle.Tests.Histories;

/// <summary>An event as it arrives: in which instalment, and what it says.</summary>
internal sealed record Arrival(int Instalment, Touch Touch);
