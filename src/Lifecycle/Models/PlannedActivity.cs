namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>An always-on activity: how the subjects in a stage are to be touched.</summary>
/// <param name="Id">Id, unique in the file.</param>
/// <param name="Label">Its name.</param>
/// <param name="Model">Id of the model.</param>
/// <param name="Stage">Id of the stage.</param>
/// <param name="Channel">Channel of the touch.</param>
/// <param name="Campaign">Campaign of the touch; null = any of the channel.</param>
/// <param name="CadenceDays">Each subject in the stage is to be touched every so many days.</param>
/// <param name="Owner">Who answers for it.</param>
public sealed record PlannedActivity(
    string Id,
    string Label,
    string Model,
    string Stage,
    string Channel,
    string? Campaign,
    int CadenceDays,
    string Owner);
