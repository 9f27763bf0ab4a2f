namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>What came of reading model files.</summary>
/// <param name="Models">The models without faults, by id and version.</param>
/// <param name="Faults">All faults of the others, by file and line.</param>
public sealed record ModelReading(IReadOnlyList<LifecycleModel> Models, IReadOnlyList<ModelFault> Faults)
{
    /// <summary>The models.</summary>
    /// <exception cref="InvalidModelException">There is a fault.</exception>
    public IReadOnlyList<LifecycleModel> ModelsOrThrow() =>
        Faults.Count == 0 ? Models : throw new InvalidModelException(Faults);
}
