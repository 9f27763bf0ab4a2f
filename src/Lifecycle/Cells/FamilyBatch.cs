using System.Globalization;
using LifecycleMetrics.Lifecycle.Batches;

namespace LifecycleMetrics.Lifecycle.Cells;

/// <summary>
/// A family on the tables of a batch. Where nothing that it reads of a subject has changed, what the subject contributed and
/// what it contributes cancel out, so neither is worked out.
/// </summary>
internal sealed class FamilyBatch
{
    // What families of certain events read is filtered by the names of these events.
    private static readonly Dictionary<string, Facets> EventsOf = new(StringComparer.Ordinal)
    {
        ["email"] = Facets.EmailEvents,
        ["loyalty"] = Facets.LoyaltyEvents,
        ["mrr"] = Facets.SubscriptionEvents,
        ["survey"] = Facets.SurveyEvents,
    };

    private readonly string _query;
    private readonly Facets _facets;

    public FamilyBatch(CellFamily family, string query)
    {
        Family = family;
        _query = query;
        _facets = FacetReader.Of(query);
        if (EventsOf.TryGetValue(family.Name, out var events))
        {
            _facets = (_facets & ~Facets.AllEvents) | events;
        }
    }

    /// <summary>The family.</summary>
    public CellFamily Family { get; }

    /// <summary>Whether the family may have to do with a batch in which this has changed.</summary>
    public bool IsConcerned(Facets changed) => (changed & _facets) != Facets.None;

    /// <summary>Works out what all subjects of the batch contribute.</summary>
    public string ContributeAll() => Family.ContributeAll(_query);

    /// <summary>Works out what the subjects that have changed contribute from then on, as they were and as they are.</summary>
    public string ContributeChanged() => Family.ContributeChanged(
        _query,
        IsOfVisitsAlone ? $"({VisitsHaveChanged} or {HasChanged(Facets.Slices)})" : HasChanged(_facets),
        Changes);

    // Models are many, and most events change the visits of few.
    private bool IsOfVisitsAlone =>
        _facets == (Facets.Slices | Facets.Visits) && Family.Keys.Contains("model_id") && Family.Keys.Contains("model_version");

    private const string VisitsHaveChanged =
        "(subject_id, model_id, model_version) in (select subject_id, model_id, model_version from batch_journey_change)";

    private static string HasChanged(Facets facets) =>
        $"subject_id in (select subject_id from batch_change where {IsAmong(facets)})";

    // What becomes effective by an instant is made of what happened by then (decision 7).
    private string Changes =>
        $"select subject_id as id, min(since) as since from batch_change where {IsAmong(_facets)} group by subject_id";

    private static string IsAmong(Facets facets) =>
        string.Create(CultureInfo.InvariantCulture, $"bitAnd(changed, {(uint)facets}) != 0");
}
