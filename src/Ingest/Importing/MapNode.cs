using YamlDotNet.RepresentationModel;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>A mapping of a map file, read key by key; what is wrong is collected with its line.</summary>
internal sealed class MapNode(YamlMappingNode node, List<string> faults)
{
    private readonly HashSet<string> _known = [];

    public IReadOnlyList<string> Faults => faults;

    /// <summary>The text of a key; empty if it is absent.</summary>
    public string Text(string key)
    {
        if (Find(key) is not { } value)
            return "";
        if (value is YamlScalarNode scalar)
            return scalar.Value ?? "";
        return Fault<string>(key, "must be a text") ?? "";
    }

    public bool Flag(string key, bool fallback) => Text(key) switch
    {
        "" => fallback,
        "true" or "yes" => true,
        "false" or "no" => false,
        _ => Fault<bool>(key, "must be true or false"),
    };

    public string OneOf(string key, params string[] choices)
    {
        var text = Text(key);
        if (text.Length > 0 && !choices.Contains(text))
            Fault<string>(key, $"is \"{text}\"; it must be {string.Join(" or ", choices)}");
        return text;
    }

    /// <summary>A list of texts, or one text alone.</summary>
    public IReadOnlyList<string> List(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode list when list.Children.All(c => c is YamlScalarNode) =>
            [.. list.Children.Cast<YamlScalarNode>().Select(c => c.Value ?? "")],
        YamlScalarNode scalar => [scalar.Value ?? ""],
        _ => Fault<IReadOnlyList<string>>(key, "must be a text or a list of texts") ?? [],
    };

    public MapNode? Mapping(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode mapping => new MapNode(mapping, faults),
        _ => Fault<MapNode>(key, "must be a mapping"),
    };

    /// <summary>All keys with their texts.</summary>
    public Dictionary<string, string> Texts()
    {
        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in node.Children)
            texts[((YamlScalarNode)key).Value ?? ""] = (value as YamlScalarNode)?.Value ?? "";
        return texts;
    }

    /// <summary>Keys nobody asked for are faults: most are misspelt.</summary>
    public void RefuseOthers()
    {
        foreach (var (key, _) in node.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!_known.Contains(name))
                faults.Add($"line {key.Start.Line}: {name} is not a known key; known here: {string.Join(", ", _known.Order())}");
        }
    }

    public T? Fault<T>(string key, string message)
    {
        var line = node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value.Start.Line : node.Start.Line;
        faults.Add($"line {line}: {key} {message}");
        return default;
    }

    private YamlNode? Find(string key)
    {
        _known.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }
}
