namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>A validated lifecycle model.</summary>
/// <param name="Id">Id of the model.</param>
/// <param name="Version">Version; a new one keeps the history of the old one.</param>
/// <param name="Unit">Whose life is followed: <see cref="OfContacts"/> or <see cref="OfAccounts"/>.</param>
/// <param name="Label">Name of the model.</param>
/// <param name="Stages">Stages in order, at least one.</param>
/// <param name="Definition">Text of the file the model was read from.</param>
public sealed record LifecycleModel(
    string Id,
    int Version,
    string Unit,
    LocalizedLabel Label,
    IReadOnlyList<LifecycleStage> Stages,
    string Definition)
{
    /// <summary>The unit of models that follow each customer.</summary>
    public const string OfContacts = "contact";

    /// <summary>The unit of models that follow each account, with what all its members do.</summary>
    public const string OfAccounts = "account";
}
