using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>Reads and validates one model file; see docs/lifecycle.md for its keys.</summary>
public static partial class ModelReader
{
    /// <summary>Most stages a model can have: a set of stages is one 32-bit number.</summary>
    public const int MaximumStages = 30;

    /// <summary>Most entry rules a model can have: a set of rules is one 64-bit number.</summary>
    public const int MaximumRules = 64;

    private static readonly string[] ModelKeys = ["id", "version", "unit", "lapse_after", "labels", "stages"];
    private static readonly string[] Units = [LifecycleModel.OfContacts, LifecycleModel.OfAccounts];
    private static readonly string[] Languages = ["en", "es", "it", "pt"];

    /// <summary>Reads a model. The result holds one model and no fault, or no model and all faults of the file.</summary>
    public static ModelReading Read(string file, string text)
    {
        var yaml = new YamlReader(file);
        LifecycleModel? model = null;
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is [var document])
            {
                model = ReadModel(yaml, document.RootNode, text);
            }
            else
            {
                yaml.Fault(null, "The file must hold one YAML document", "Describe one model in one file");
            }
        }
        catch (YamlException exception)
        {
            yaml.Fault(exception);
        }

        return model is null || yaml.Faults.Count > 0 ? new ModelReading([], yaml.Faults) : new ModelReading([model], []);
    }

    internal static string? Identifier(YamlReader yaml, YamlNode owner, YamlNode? node, string what)
    {
        const string Hint = "Use lower-case letters, digits and hyphens, beginning with a letter, at most 64";
        var id = yaml.Text(owner, node, what, Hint);
        if (id is not null && !IdentifierPattern().IsMatch(id))
        {
            yaml.Fault(node, $"{what} '{id}' can't be used", Hint);
        }

        return id;
    }

    internal static LocalizedLabel Label(YamlReader yaml, YamlNode owner, YamlNode? node, string what)
    {
        const string Hint = "Give labels: { en: …, es: …, it: …, pt: … }";
        if (node is null)
        {
            yaml.Fault(owner, $"Labels of {what} are missing", Hint);
            return new LocalizedLabel("", "", "", "");
        }

        var labels = yaml.Mapping(node, $"labels of {what}", Languages) ?? [];
        string Of(string language) =>
            yaml.Text(node, labels.GetValueOrDefault(language), $"Label '{language}' of {what}", Hint) ?? "";
        return new LocalizedLabel(Of("en"), Of("es"), Of("it"), Of("pt"));
    }

    private static LifecycleModel? ReadModel(YamlReader yaml, YamlNode root, string text)
    {
        if (yaml.Mapping(root, "the model", ModelKeys) is not { } keys)
        {
            return null;
        }

        var id = Identifier(yaml, root, keys.GetValueOrDefault("id"), "id");
        var version = yaml.WholeNumber(root, keys.GetValueOrDefault("version"), "version", 1, 1_000_000);
        var unit = ReadUnit(yaml, keys.GetValueOrDefault("unit"));
        var label = Label(yaml, root, keys.GetValueOrDefault("labels"), "the model");
        if (!keys.TryGetValue("lapse_after", out var lapseNode))
        {
            yaml.Fault(root, "lapse_after is missing", "Say after how long without activity a subject has lapsed, such as 180d");
        }

        var lapseAfter = yaml.Window(lapseNode, "lapse_after");
        var stages = ReadStages(yaml, root, keys.GetValueOrDefault("stages"), lapseAfter ?? TimeSpan.FromDays(1));
        return new LifecycleModel(id ?? "", version ?? 0, unit, label, stages, text);
    }

    private static string ReadUnit(YamlReader yaml, YamlNode? node)
    {
        var unit = node is null ? Units[0] : yaml.Text(node, node, "unit", "Use contact or account");
        if (unit is not null && !Units.Contains(unit))
        {
            yaml.Fault(node, $"Unknown unit '{unit}'", NearestName.Hint(unit, Units));
        }
        return unit ?? "";
    }

    private static List<LifecycleStage> ReadStages(YamlReader yaml, YamlNode root, YamlNode? node, TimeSpan lapseAfter)
    {
        var stages = new List<LifecycleStage>();
        foreach (var stageNode in yaml.Sequence(node, "stages"))
        {
            if (StageReader.Read(yaml, stageNode, stages.Count + 1, lapseAfter) is not { } stage)
            {
                continue;
            }

            if (stages.Exists(other => other.Id == stage.Id))
            {
                yaml.Fault(stageNode, $"Stage '{stage.Id}' is there twice", "Give each stage an id of its own");
            }

            stages.Add(stage);
        }

        if (stages.Count == 0)
        {
            yaml.Fault(node ?? root, "The model has no stage", "List at least one under 'stages:'");
        }
        else if (stages.Count > MaximumStages)
        {
            yaml.Fault(node, $"The model has {stages.Count} stages", $"Use at most {MaximumStages}");
        }

        var ruleCount = stages.Sum(stage => stage.Rules.Count);
        if (ruleCount > MaximumRules)
        {
            yaml.Fault(node, $"The model has {ruleCount} entry rules", $"Use at most {MaximumRules}; one rule can list several events");
        }

        return stages;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,63}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IdentifierPattern();
}
