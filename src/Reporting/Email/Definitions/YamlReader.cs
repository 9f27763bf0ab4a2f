using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LifecycleMetrics.Reporting.Email.Definitions;

/// <summary>Reads values out of one YAML document and collects every fault with its line.</summary>
internal sealed class YamlReader(string file)
{
    private readonly List<ReportFault> _faults = [];

    public IReadOnlyList<ReportFault> Faults => [.. _faults.OrderBy(fault => fault.Line)];

    public void Fault(YamlNode? at, string message, string hint) =>
        _faults.Add(new ReportFault(file, (int)(at?.Start.Line ?? 1), message, hint));

    /// <summary>The root of the one document in the text, or null and a fault.</summary>
    public YamlNode? Root(string text)
    {
        var stream = new YamlStream();
        try
        {
            using var reader = new StringReader(text);
            stream.Load(reader);
        }
        catch (YamlException wrong)
        {
            _faults.Add(new ReportFault(file, (int)wrong.Start.Line, "This isn't YAML: " + wrong.Message.TrimEnd('.'), "Check indentation, brackets and quotes near this line"));
            return null;
        }

        if (stream.Documents.Count == 1) return stream.Documents[0].RootNode;
        Fault(null, "The file holds no report", "Write one report into it");
        return null;
    }

    /// <summary>The members of a mapping; unknown keys are faults.</summary>
    public Dictionary<string, YamlNode> Mapping(YamlNode? node, string what, IReadOnlyCollection<string>? knownKeys)
    {
        var members = new Dictionary<string, YamlNode>();
        if (node is null) return members;
        if (node is not YamlMappingNode mapping)
        {
            Fault(node, $"{what} must be a mapping", "Write it as 'key: value' lines");
            return members;
        }

        foreach (var (keyNode, value) in mapping.Children)
        {
            var key = (keyNode as YamlScalarNode)?.Value ?? "";
            if (knownKeys?.Contains(key) == false) Fault(keyNode, $"Unknown key '{key}' in {what}", $"Known are {string.Join(", ", knownKeys)}");
            else members[key] = value;
        }

        return members;
    }

    public IEnumerable<YamlNode> Sequence(YamlNode? node, string what)
    {
        if (node is YamlSequenceNode sequence) return sequence.Children;
        if (node is not null) Fault(node, $"{what} must be a list", "Begin each entry with '- '");
        return [];
    }

    /// <summary>A text that isn't empty, or null and a fault.</summary>
    public string? Text(YamlNode? owner, YamlNode? node, string what)
    {
        if (node is YamlScalarNode { Value: { Length: > 0 } text }) return text;
        Fault(node ?? owner, node is null ? $"{what} is missing" : $"{what} must be a text", $"Give {what}");
        return null;
    }

    public static string Optional(Dictionary<string, YamlNode> members, string key, string standard) =>
        members.TryGetValue(key, out var node) ? (node as YamlScalarNode)?.Value ?? standard : standard;

    public T Choice<T>(Dictionary<string, YamlNode> members, string key, string what, IReadOnlyDictionary<string, T> choices, T standard)
    {
        if (!members.TryGetValue(key, out var node)) return standard;
        if (node is YamlScalarNode { Value: { } text } && choices.TryGetValue(text, out var value)) return value;
        Fault(node, $"{what} is '{node}'", $"Give one of {string.Join(", ", choices.Keys)}");
        return standard;
    }
}
