namespace LifecycleMetrics.Reporting.Access;

/// <summary>A key that was presented and found valid. <paramref name="Id"/> is public: it may be logged.</summary>
public sealed record ReadKey(string Id, ReadScope Scope);
