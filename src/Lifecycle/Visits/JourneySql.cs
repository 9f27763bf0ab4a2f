using System.Globalization;
using LifecycleMetrics.Lifecycle.Models;

namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>
/// A statement that works out the visits of some models in one pass over the events. The life itself is folded in
/// Sql/subject_journey.sql, the same for every model; this class fills in the rules, and what the models say as parameters.
/// </summary>
public sealed class JourneySql
{
    /// <summary>
    /// Part of what decides whether visits must be worked out anew; to be raised with each change of their meaning.
    /// </summary>
    public const int RulesVersion = 3;

    private JourneySql(IReadOnlyList<LifecycleModel> models, RefreshTables tables)
    {
        var rules = models.Select(model => RulesOf(model).ToArray()).ToArray();
        var tests = new EventTests(rules);
        var counted = new CountedRules(rules);
        IsOfAccounts = models[0].Unit == LifecycleModel.OfAccounts;
        ModelVersions = [.. models.Select(model => string.Create(CultureInfo.InvariantCulture, $"{model.Id} {model.Version}"))];
        Text = RefreshStatement.Load("subject_journey", tables)
            .Replace("<<lives>>", RefreshStatement.Load(IsOfAccounts ? "lives_of_accounts" : "lives_of_contacts", tables), StringComparison.Ordinal)
            .Replace("<<answers>>", tests.Answers, StringComparison.Ordinal)
            .Replace("<<picks>>", tests.Picks, StringComparison.Ordinal)
            .Replace("<<leads_into>>", tests.LeadsInto, StringComparison.Ordinal)
            .Replace("<<counts_for>>", tests.CountsFor, StringComparison.Ordinal)
            .Replace("<<counts>>", counted.Counts(), StringComparison.Ordinal)
            .Replace("<<stages>>", counted.Stages(), StringComparison.Ordinal);
        Parameters =
        [
            .. tests.Parameters,
            .. counted.Parameters,
            .. Of(models),
            new SqlParameter("events", "Array(String)", EventTests.EventsOf(models.SelectMany(RulesOf).Select(entry => entry.Rule))),
            new SqlParameter("never", "Int64", long.MaxValue),
        ];
    }

    /// <summary>The statement; it also takes the parameters of the batch.</summary>
    public string Text { get; }

    /// <summary>Whether it works out accounts, or contacts.</summary>
    public bool IsOfAccounts { get; }

    /// <summary>Id and version of each model, as deletions name it.</summary>
    public IReadOnlyList<string> ModelVersions { get; }

    /// <summary>Everything that comes from the models.</summary>
    public IReadOnlyList<SqlParameter> Parameters { get; }

    /// <summary>
    /// Makes the statements of all models: one for those of contacts and one for those of accounts, or some if they ask more of
    /// an event than one statement can.
    /// </summary>
    public static IReadOnlyList<JourneySql> For(IReadOnlyList<LifecycleModel> models) =>
        [.. models.ToLookup(model => model.Unit == LifecycleModel.OfAccounts).OrderBy(unit => unit.Key).SelectMany(Together)];

    private static IEnumerable<JourneySql> Together(IEnumerable<LifecycleModel> models)
    {
        var together = new List<List<LifecycleModel>>();
        foreach (var model in models)
        {
            if (together.Count == 0 || EventTests.Count(together[^1].Append(model).SelectMany(RulesOf).Select(entry => entry.Rule)) > EventTests.Maximum)
            {
                together.Add([]);
            }

            together[^1].Add(model);
        }

        return together.Select(of => new JourneySql(of, RefreshTables.Live));
    }

    /// <summary>Makes the statement of one model that works on other tables.</summary>
    internal static JourneySql For(LifecycleModel model, RefreshTables tables) => new([model], tables);

    // The stages of all models in one list, in which each model begins after its offset; ordinal 0 is lapsed.
    private static SqlParameter[] Of(IReadOnlyList<LifecycleModel> models)
    {
        var offsets = new uint[models.Count];
        for (var i = 1; i < models.Count; i++)
        {
            offsets[i] = offsets[i - 1] + (uint)models[i - 1].Stages.Count + 1;
        }

        return
        [
            new("model_ids", "Array(String)", models.Select(model => model.Id).ToArray()),
            new("model_versions", "Array(UInt32)", models.Select(model => (uint)model.Version).ToArray()),
            new("offsets", "Array(UInt32)", offsets),
            new("stage_ids", "Array(String)", models.SelectMany(model => model.Stages.Select(stage => stage.Id).Prepend(Phase.Lapsed)).ToArray()),
            new("steps", "Array(UInt8)", models.SelectMany(StepsOf).ToArray()),
            new("windows", "Array(Int64)", models.SelectMany(model => model.Stages.Select(stage => (long)stage.LapseAfter.TotalMilliseconds).Prepend(0)).ToArray()),
            new("shortest_windows", "Array(Int64)", models.Select(model => (long)model.Stages.Min(stage => stage.LapseAfter).TotalMilliseconds).ToArray()),
            new("after_lapse", "Array(UInt32)", models.Select(AfterLapse).ToArray()),
        ];
    }

    private static uint AfterLapse(LifecycleModel model) =>
        model.Stages.Where(stage => stage.AfterLapse).Aggregate(0u, (bits, stage) => bits | (1u << (stage.Ordinal - 1)));

    // Steps from the beginning to each stage; a stage after a lapse stands beside the one before it.
    private static IEnumerable<byte> StepsOf(LifecycleModel model) =>
        [0, .. model.Stages.Select(stage => (byte)model.Stages.Take(stage.Ordinal).Count(other => !other.AfterLapse))];

    private static IEnumerable<(int Ordinal, EntryRule Rule)> RulesOf(LifecycleModel model) =>
        model.Stages.SelectMany(stage => stage.Rules.Select(rule => (stage.Ordinal, rule)));
}
