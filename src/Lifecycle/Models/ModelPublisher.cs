using LifecycleMetrics.Lifecycle.Visits;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>Keeps the tables of lifecycle models, their targets and planned activities equal to the files.</summary>
internal sealed class ModelPublisher(RefreshDatabase database, ILogger logger)
{
    /// <summary>The models whose visits are not there yet or follow other rules.</summary>
    public async Task<IReadOnlyList<LifecycleModel>> FindChangedAsync(
        IReadOnlyList<LifecycleModel> models, CancellationToken cancellationToken)
    {
        var published = await ReadPublishedAsync(cancellationToken);
        var changed = new List<LifecycleModel>();
        foreach (var model in models)
        {
            var isThere = published.TryGetValue((model.Id, model.Version), out var row);
            if (isThere && row.IsPublished && row.Hash == RuleHash.Of(model))
            {
                continue;
            }

            if (isThere && row.Hash != RuleHash.Of(model))
            {
                Log.ModelChangedInPlace(logger, model.Id, model.Version);
            }

            changed.Add(model);
        }

        return changed;
    }

    /// <summary>
    /// Writes the rows that differ and takes models, targets and activities back that are no longer in the files.
    /// </summary>
    public async Task PublishAsync(ModelReading reading, string defaultModel, CancellationToken cancellationToken)
    {
        var models = reading.Models;
        var published = await ReadPublishedAsync(cancellationToken);
        var defaultVersion = models.Where(model => model.Id == defaultModel).Max(model => (int?)model.Version);
        foreach (var model in models)
        {
            var isDefault = model.Id == defaultModel && model.Version == defaultVersion;
            if (!published.TryGetValue((model.Id, model.Version), out var row) || row != (model.Definition, RuleHash.Of(model), isDefault, true))
            {
                await database.ExecuteTextAsync(InsertModel, Values(model, isDefault), cancellationToken);
            }
        }

        foreach (var (id, version) in published.Where(row => row.Value.IsPublished).Select(row => row.Key))
        {
            if (!models.Any(model => model.Id == id && model.Version == version))
            {
                await database.ExecuteTextAsync(
                    TakeBack,
                    [new SqlParameter("model_id", "String", id), new SqlParameter("model_version", "UInt32", (uint)version)],
                    cancellationToken);
            }
        }

        await database.ReplaceRowsAsync(["lifecycle_stage", "lifecycle_transition"], [], cancellationToken);
        await new PlanPublisher(database).PublishAsync(models, reading.Activities, cancellationToken);
    }

    private const string TakeBack =
        """
        insert into lifecycle_model
        select * replace (false as is_published, false as is_default_model, now64(6) as changed_at)
        from lifecycle_model final
        where model_id = {model_id:String} and model_version = {model_version:UInt32}
        """;

    private const string InsertModel =
        """
        insert into lifecycle_model
        (
            model_id, model_version, unit, label_en, label_es, label_it, label_pt,
            stages.stage_id, stages.ordinal, stages.phase,
            stages.label_en, stages.label_es, stages.label_it, stages.label_pt,
            stages.lapse_after_days, stages.convert_within_days, stages.is_after_lapse,
            is_default_model, is_published, definition, definition_hash
        )
        select
            {model_id:String}, {model_version:UInt32}, {unit:String},
            {label_en:String}, {label_es:String}, {label_it:String}, {label_pt:String},
            {ids:Array(String)}, {ordinals:Array(UInt8)}, {phases:Array(String)},
            {stage_en:Array(String)}, {stage_es:Array(String)}, {stage_it:Array(String)}, {stage_pt:Array(String)},
            {lapse_days:Array(UInt32)}, {convert_days:Array(UInt32)}, {after_lapse:Array(Bool)},
            {is_default:Bool}, true, {definition:String}, {hash:String}
        """;

    private async Task<Dictionary<(string Id, int Version), (string Definition, string Hash, bool IsDefault, bool IsPublished)>> ReadPublishedAsync(
        CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync(
            "select model_id, model_version, definition, definition_hash, is_default_model, is_published from lifecycle_model final",
            [],
            row => (
                Key: ((string)row[0], Convert.ToInt32(row[1], null)),
                Value: ((string)row[2], (string)row[3], Convert.ToBoolean(row[4], null), Convert.ToBoolean(row[5], null))),
            cancellationToken);
        return rows.ToDictionary(row => row.Key, row => row.Value);
    }

    private static SqlParameter[] Values(LifecycleModel model, bool isDefault)
    {
        // The implicit stage is the first, with ordinal 0: no rule "this stage or a later one" ever meets it.
        var lapsed = new LocalizedLabel("Lapsed", "Inactivo", "Inattivo", "Inativo");
        var labels = model.Stages.Select(stage => stage.Label).Prepend(lapsed).ToArray();
        return
        [
            new("model_id", "String", model.Id),
            new("model_version", "UInt32", (uint)model.Version),
            new("unit", "String", model.Unit),
            new("label_en", "String", model.Label.En),
            new("label_es", "String", model.Label.Es),
            new("label_it", "String", model.Label.It),
            new("label_pt", "String", model.Label.Pt),
            new("ids", "Array(String)", model.Stages.Select(stage => stage.Id).Prepend(Phase.Lapsed).ToArray()),
            new("ordinals", "Array(UInt8)", model.Stages.Select(stage => (byte)stage.Ordinal).Prepend((byte)0).ToArray()),
            new("phases", "Array(String)", model.Stages.Select(stage => stage.Phase).Prepend(Phase.Lapsed).ToArray()),
            new("stage_en", "Array(String)", labels.Select(label => label.En).ToArray()),
            new("stage_es", "Array(String)", labels.Select(label => label.Es).ToArray()),
            new("stage_it", "Array(String)", labels.Select(label => label.It).ToArray()),
            new("stage_pt", "Array(String)", labels.Select(label => label.Pt).ToArray()),
            new("lapse_days", "Array(UInt32)", Days(stage => stage.LapseAfter)),
            new("convert_days", "Array(UInt32)", Days(stage => stage.ConvertWithin)),
            new("after_lapse", "Array(Bool)", model.Stages.Select(stage => stage.AfterLapse).Prepend(false).ToArray()),
            new("is_default", "Bool", isDefault),
            new("definition", "String", model.Definition),
            new("hash", "String", RuleHash.Of(model)),
        ];

        uint[] Days(Func<LifecycleStage, TimeSpan> window) =>
            [.. model.Stages.Select(stage => (uint)window(stage).TotalDays).Prepend(0u)];
    }
}
