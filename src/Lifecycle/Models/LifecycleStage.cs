namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>One stage of a model.</summary>
/// <param name="Id">Id of the stage, unique in its model.</param>
/// <param name="Ordinal">Position in the order of the model, from 1; 0 is the implicit stage lapsed.</param>
/// <param name="Phase">One of <see cref="Models.Phase.OfStages"/>.</param>
/// <param name="Label">Name of the stage.</param>
/// <param name="Rules">Ways in; any of them is enough.</param>
/// <param name="LapseAfter">Without qualifying activity for this long a subject in this stage has lapsed.</param>
/// <param name="ConvertWithin">Window of the transition into this stage.</param>
/// <param name="AfterLapse">Only the event that ends a lapse leads into it.</param>
/// <param name="Metrics">What is watched in this stage.</param>
public sealed record LifecycleStage(
    string Id,
    int Ordinal,
    string Phase,
    LocalizedLabel Label,
    IReadOnlyList<EntryRule> Rules,
    TimeSpan LapseAfter,
    TimeSpan ConvertWithin,
    bool AfterLapse,
    IReadOnlyList<StageMetricTarget> Metrics);
