namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>One entry rule as SQL.</summary>
/// <param name="Ordinal">Ordinal of the stage it leads into.</param>
/// <param name="Predicate">Expression that is 1 if the event meets the rule, apart from nth, else 0.</param>
/// <param name="Nth">The event must be at least the nth one that does.</param>
/// <param name="Within">Counts only events of this long up to the event; null = of the whole life.</param>
public sealed record CompiledRule(int Ordinal, string Predicate, int Nth, TimeSpan? Within);
