using LifecycleMetrics.Lifecycle.Personas;

namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>What came of reading model files.</summary>
/// <param name="Models">The models without faults, by id and version.</param>
/// <param name="Faults">All faults of the others, by file and line.</param>
public sealed record ModelReading(IReadOnlyList<LifecycleModel> Models, IReadOnlyList<ModelFault> Faults)
{
    /// <summary>The planned activities; empty if their file has a fault.</summary>
    public IReadOnlyList<PlannedActivity> Activities { get; init; } = [];

    /// <summary>The personas; none if their file has a fault.</summary>
    public PersonaReading Personas { get; init; } = PersonaReading.None;

    /// <summary>The reading, with a fault if <paramref name="defaultModel"/> is not among its models.</summary>
    /// <remarks>While some file has a fault the missing model is probably that one.</remarks>
    public ModelReading WithDefault(string defaultModel, string directory) =>
        Faults.Count > 0 || Models.Any(model => model.Id == defaultModel)
            ? this
            : new ModelReading(
                Models,
                [new ModelFault(
                    directory,
                    1,
                    $"There is no model '{defaultModel}', which is to be the default",
                    "Set Lifecycle:DefaultModel to one of: " + string.Join(", ", Models.Select(model => model.Id)))]);

    /// <summary>The reading itself.</summary>
    /// <exception cref="InvalidModelException">There is a fault.</exception>
    public ModelReading OrThrow() => Faults.Count == 0 ? this : throw new InvalidModelException(Faults);

    /// <summary>The models.</summary>
    /// <exception cref="InvalidModelException">There is a fault.</exception>
    public IReadOnlyList<LifecycleModel> ModelsOrThrow() => OrThrow().Models;
}
