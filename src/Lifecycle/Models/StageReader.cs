using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>Reads one stage of a model file.</summary>
internal static class StageReader
{
    private static readonly string[] StageKeys =
        ["id", "phase", "labels", "enter_when", "lapse_after", "convert_within", "after_lapse", "metrics"];

    private static readonly string[] MetricKeys = ["metric", "target", "per", "owner"];
    private static readonly TimeSpan DefaultConvertWithin = TimeSpan.FromDays(90);

    public static LifecycleStage? Read(YamlReader yaml, YamlNode node, int ordinal, TimeSpan lapseAfter)
    {
        if (yaml.Mapping(node, "a stage", StageKeys) is not { } keys)
        {
            return null;
        }

        var id = ModelReader.Identifier(yaml, node, keys.GetValueOrDefault("id"), "id of a stage") ?? "";
        var what = $"stage '{id}'";
        if (id == Phase.Lapsed)
        {
            yaml.Fault(node, "A stage can't be called 'lapsed'", "Every model has that stage already; leave it out");
        }

        var rules = new List<EntryRule>();
        foreach (var ruleNode in yaml.Sequence(keys.GetValueOrDefault("enter_when"), $"enter_when of {what}"))
        {
            if (RuleReader.Read(yaml, ruleNode, what) is { } rule)
            {
                rules.Add(rule);
            }
        }

        if (keys.GetValueOrDefault("enter_when") is null or YamlSequenceNode { Children.Count: 0 })
        {
            yaml.Fault(node, $"Nothing leads into {what}", "Give at least one rule, such as enter_when: [{ event: Signed Up }]");
        }

        return new LifecycleStage(
            id,
            ordinal,
            ReadPhase(yaml, node, keys.GetValueOrDefault("phase"), what),
            ModelReader.Label(yaml, node, keys.GetValueOrDefault("labels"), what),
            rules,
            yaml.Window(keys.GetValueOrDefault("lapse_after"), $"lapse_after of {what}") ?? lapseAfter,
            yaml.Window(keys.GetValueOrDefault("convert_within"), $"convert_within of {what}") ?? DefaultConvertWithin,
            ReadAfterLapse(yaml, keys.GetValueOrDefault("after_lapse"), ordinal, what),
            ReadMetrics(yaml, keys.GetValueOrDefault("metrics"), what));
    }

    private static bool ReadAfterLapse(YamlReader yaml, YamlNode? node, int ordinal, string what)
    {
        if (node is null or YamlScalarNode { Value: "false" })
        {
            return false;
        }

        if (node is not YamlScalarNode { Value: "true" })
        {
            yaml.Fault(node, $"after_lapse of {what} must be true or false", "Leave it out unless only a return leads into the stage");
        }
        else if (ordinal == 1)
        {
            yaml.Fault(node, $"after_lapse can't be true of {what}, the first", "Put a stage before it that a life can begin with");
        }

        return true;
    }

    private static string ReadPhase(YamlReader yaml, YamlNode owner, YamlNode? node, string what)
    {
        var all = string.Join(", ", Phase.OfStages);
        var phase = yaml.Text(owner, node, $"phase of {what}", $"Use one of: {all}");
        if (phase is not null && !Phase.OfStages.Contains(phase))
        {
            yaml.Fault(node, $"Unknown phase '{phase}'", NearestName.Hint(phase, Phase.OfStages));
        }

        return phase ?? "";
    }

    private static List<StageMetricTarget> ReadMetrics(YamlReader yaml, YamlNode? list, string what)
    {
        var metrics = new List<StageMetricTarget>();
        foreach (var node in yaml.Sequence(list, $"metrics of {what}"))
        {
            if (yaml.Mapping(node, $"a metric of {what}", MetricKeys) is not { } keys)
            {
                continue;
            }

            var metric = yaml.Text(node, keys.GetValueOrDefault("metric"), $"metric of {what}", "Name a metric, such as stage_entries");
            if (metric is not null && !WatchedMetric.All.Contains(metric))
            {
                yaml.Fault(node, $"There is no metric '{metric}' to watch in {what}", NearestName.Hint(metric, WatchedMetric.All));
            }

            double? target = null;
            if (keys.TryGetValue("target", out var targetNode))
            {
                var text = (targetNode as YamlScalarNode)?.Value;
                target = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
                if (target is null)
                {
                    yaml.Fault(targetNode, $"target '{text}' of {what} is not a number", "Give a number with a decimal point");
                }
            }

            var owner = keys.TryGetValue("owner", out var ownerNode)
                ? yaml.Text(node, ownerNode, $"owner of a metric of {what}", "Name a team or person, or leave it out")
                : null;
            if (metric is not null && metrics.Exists(other => other.Metric == metric))
            {
                yaml.Fault(node, $"Metric '{metric}' is twice in {what}", "Give each metric of a stage one target");
            }

            metrics.Add(new StageMetricTarget(metric ?? "", ReadGrain(yaml, keys.GetValueOrDefault("per"), what), target, owner));
        }

        return metrics;
    }

    private static string ReadGrain(YamlReader yaml, YamlNode? node, string what)
    {
        if (node is null)
        {
            return StageMetricTarget.DefaultGrain;
        }

        var grain = yaml.Text(node, node, $"per of {what}", "Use one of: " + string.Join(", ", StageMetricTarget.Grains)) ?? "";
        if (grain.Length > 0 && !StageMetricTarget.Grains.Contains(grain))
        {
            yaml.Fault(node, $"Unknown period '{grain}' of a target of {what}", NearestName.Hint(grain, StageMetricTarget.Grains));
        }

        return grain;
    }
}
