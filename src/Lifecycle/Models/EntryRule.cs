namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>One way into a stage: an event of one of these names that meets all conditions.</summary>
/// <param name="Events">Event names, at least one.</param>
/// <param name="Conditions">What the properties of the event must be, all of them; may be empty.</param>
/// <param name="Nth">The event must be at least the nth one that meets the rule; 1 = any.</param>
/// <param name="Within">Counts only matching events of this long up to the event; null = of the whole life.</param>
public sealed record EntryRule(
    IReadOnlyList<string> Events,
    IReadOnlyList<PropertyCondition> Conditions,
    int Nth,
    TimeSpan? Within);
