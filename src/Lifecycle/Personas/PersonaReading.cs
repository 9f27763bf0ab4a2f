using LifecycleMetrics.Lifecycle.Models;

namespace LifecycleMetrics.Lifecycle.Personas;

/// <summary>What came of reading the file of personas.</summary>
/// <param name="Personas">The personas by rank; empty if the file has a fault or there is none.</param>
/// <param name="Faults">All faults of the file.</param>
public sealed record PersonaReading(IReadOnlyList<Persona> Personas, IReadOnlyList<ModelFault> Faults)
{
    /// <summary>No personas.</summary>
    public static readonly PersonaReading None = new([], []);
}
