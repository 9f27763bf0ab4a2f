namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>A name in the four languages every model and stage is labelled in.</summary>
/// <param name="En">English.</param>
/// <param name="Es">Spanish.</param>
/// <param name="It">Italian.</param>
/// <param name="Pt">Portuguese.</param>
public sealed record LocalizedLabel(string En, string Es, string It, string Pt);
