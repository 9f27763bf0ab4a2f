using LifecycleMetrics.Lifecycle.Models;

namespace LifecycleMetrics.Lifecycle.Personas;

/// <summary>A persona and the rules that make somebody one.</summary>
/// <param name="Id">Id of the persona, as KPIs name it in their slices.</param>
/// <param name="Rank">Position in the file, from 1; where several hold, the lowest counts.</param>
/// <param name="Label">Its name.</param>
/// <param name="Rules">Events that make somebody one, any of them; may be empty for a persona that is only assigned.</param>
/// <param name="For">How long it holds from the latest such event on; null = from the first one without end.</param>
public sealed record Persona(string Id, int Rank, LocalizedLabel Label, IReadOnlyList<EntryRule> Rules, TimeSpan? For);
