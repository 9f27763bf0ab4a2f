using YamlDotNet.RepresentationModel;

namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>Reads one entry rule of a stage.</summary>
internal static class RuleReader
{
    private static readonly string[] RuleKeys = ["event", "where", "nth", "within"];

    public static EntryRule? Read(YamlReader yaml, YamlNode node, string what)
    {
        if (yaml.Mapping(node, $"a rule of {what}", RuleKeys) is not { } keys)
        {
            return null;
        }

        var events = ReadEvents(yaml, node, keys.GetValueOrDefault("event"), what);
        var conditions = new List<PropertyCondition>();
        if (keys.TryGetValue("where", out var where) && yaml.Mapping(where, $"where of {what}", null) is { } properties)
        {
            foreach (var (property, value) in properties)
            {
                ConditionReader.Read(yaml, property, value, conditions);
            }
        }

        var nth = keys.TryGetValue("nth", out var nthNode)
            ? yaml.WholeNumber(node, nthNode, $"nth of {what}", 1, 1000)
            : 1;
        var within = yaml.Window(keys.GetValueOrDefault("within"), $"within of {what}");
        if (keys.TryGetValue("within", out var withinNode) && !keys.ContainsKey("nth"))
        {
            yaml.Fault(withinNode, $"within of {what} has nothing to count", "Say with nth how many events must lie within that time");
        }

        return new EntryRule(events, conditions, nth ?? 1, within);
    }

    private static List<string> ReadEvents(YamlReader yaml, YamlNode rule, YamlNode? node, string what)
    {
        const string Hint = "Name the event, or list several as [Signed Up, Page Viewed]";
        var events = new List<string>();
        var nodes = node is YamlSequenceNode sequence ? sequence.Children : [node!];
        foreach (var child in nodes)
        {
            if (yaml.Text(rule, child, $"event of a rule of {what}", Hint) is { } name)
            {
                events.Add(name);
            }
        }

        if (node is YamlSequenceNode { Children.Count: 0 })
        {
            yaml.Fault(node, $"A rule of {what} names no event", Hint);
        }

        return events;
    }
}
