using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>Reads and validates the file of planned activities; see docs/lifecycle.md for its keys.</summary>
internal sealed class ActivityReader
{
    /// <summary>Name of the file, beside the models.</summary>
    public const string FileName = "activities.yaml";

    private const int MaximumCadence = 3650;

    private static readonly string[] FileKeys = ["activities"];

    private static readonly string[] ActivityKeys =
        ["id", "label", "model", "stage", "channel", "campaign", "cadence_days", "owner"];

    private readonly YamlReader _yaml;
    private readonly ILookup<string, LifecycleModel> _models;
    private readonly bool _knowsAllModels;

    private ActivityReader(YamlReader yaml, ModelReading models)
    {
        _yaml = yaml;
        _models = models.Models.ToLookup(model => model.Id);
        _knowsAllModels = models.Faults.Count == 0;
    }

    /// <summary>
    /// Reads the activities of the models in <paramref name="models"/>. While some model file has a fault, an activity may
    /// name a model that isn't there: it is probably that one.
    /// </summary>
    public static (IReadOnlyList<PlannedActivity> Activities, IReadOnlyList<ModelFault> Faults) Read(
        string file, string text, ModelReading models)
    {
        var yaml = new YamlReader(file);
        var activities = new List<PlannedActivity>();
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is not [var document])
            {
                yaml.Fault(null, "The file must hold one YAML document", "List the activities under 'activities:'");
            }
            else if (yaml.Mapping(document.RootNode, "the file of activities", FileKeys) is { } keys)
            {
                activities = new ActivityReader(yaml, models).ReadAll(keys.GetValueOrDefault("activities"));
            }
        }
        catch (YamlException exception)
        {
            yaml.Fault(exception);
        }

        return (yaml.Faults.Count == 0 ? activities : [], yaml.Faults);
    }

    private List<PlannedActivity> ReadAll(YamlNode? list)
    {
        var activities = new List<PlannedActivity>();
        foreach (var node in _yaml.Sequence(list, "activities"))
        {
            if (_yaml.Mapping(node, "an activity", ActivityKeys) is not { } keys)
            {
                continue;
            }

            var activity = ReadOne(node, keys);
            if (activity.Id.Length > 0 && activities.Exists(other => other.Id == activity.Id))
            {
                _yaml.Fault(node, $"Activity '{activity.Id}' is there twice", "Give each activity an id of its own");
            }

            activities.Add(activity);
        }

        return activities;
    }

    private PlannedActivity ReadOne(YamlNode node, Dictionary<string, YamlNode> keys)
    {
        var id = ModelReader.Identifier(_yaml, node, keys.GetValueOrDefault("id"), "id of an activity") ?? "";
        var what = $"activity '{id}'";
        string Text(string key, string hint) => _yaml.Text(node, keys.GetValueOrDefault(key), $"{key} of {what}", hint) ?? "";
        var activity = new PlannedActivity(
            id,
            Text("label", "Name it as people do, such as Welcome mail"),
            Text("model", "Name the model, such as sterne-cutler"),
            Text("stage", "Name a stage of the model"),
            Text("channel", "Name the channel as events do, such as email"),
            keys.ContainsKey("campaign") ? Text("campaign", "Name the campaign, or leave it out for any of the channel") : null,
            _yaml.WholeNumber(node, keys.GetValueOrDefault("cadence_days"), $"cadence_days of {what}", 1, MaximumCadence) ?? 0,
            Text("owner", "Name a team or person"));
        CheckStage(keys, activity);
        return activity;
    }

    private void CheckStage(Dictionary<string, YamlNode> keys, PlannedActivity activity)
    {
        if (activity.Model.Length == 0)
        {
            return;
        }

        if (!_models.Contains(activity.Model))
        {
            if (_knowsAllModels)
            {
                string[] ids = [.. _models.Select(versions => versions.Key)];
                _yaml.Fault(keys["model"], $"There is no model '{activity.Model}'", NearestName.Hint(activity.Model, ids));
            }

            return;
        }

        var stages = _models[activity.Model].MaxBy(model => model.Version)!.Stages.Select(stage => stage.Id).Append(Phase.Lapsed).ToArray();
        if (activity.Stage.Length > 0 && !stages.Contains(activity.Stage))
        {
            _yaml.Fault(
                keys["stage"],
                $"Model '{activity.Model}' has no stage '{activity.Stage}'",
                NearestName.Hint(activity.Stage, stages));
        }
    }
}
