namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>What came of reading model files.</summary>
/// <param name="Models">The models without faults, by id and version.</param>
/// <param name="Faults">All faults of the others, by file and line.</param>
public sealed record ModelReading(IReadOnlyList<LifecycleModel> Models, IReadOnlyList<ModelFault> Faults)
{
    /// <summary>The planned activities; empty if their file has a fault.</summary>
    public IReadOnlyList<PlannedActivity> Activities { get; init; } = [];

    /// <summary>The reading itself.</summary>
    /// <exception cref="InvalidModelException">There is a fault.</exception>
    public ModelReading OrThrow() => Faults.Count == 0 ? this : throw new InvalidModelException(Faults);

    /// <summary>The models.</summary>
    /// <exception cref="InvalidModelException">There is a fault.</exception>
    public IReadOnlyList<LifecycleModel> ModelsOrThrow() => OrThrow().Models;
}
