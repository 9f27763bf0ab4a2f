using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>Reads typed values out of one YAML document and collects every fault with its line.</summary>
internal sealed class YamlReader(string file)
{
    private readonly List<ModelFault> _faults = [];

    public IReadOnlyList<ModelFault> Faults => [.. _faults.OrderBy(fault => fault.Line)];

    public void Fault(YamlNode? at, string message, string hint) =>
        _faults.Add(new ModelFault(file, (int)(at?.Start.Line ?? 1), message, hint));

    public void Fault(YamlException exception) => _faults.Add(new ModelFault(
        file,
        (int)exception.Start.Line,
        "This is not YAML: " + exception.Message.TrimEnd('.'),
        "Check indentation, brackets and quotes near this line"));

    /// <summary>The node as a mapping with string keys; unknown keys are faults, with the nearest known key as hint.</summary>
    public Dictionary<string, YamlNode>? Mapping(YamlNode node, string what, IReadOnlyCollection<string>? knownKeys)
    {
        if (node is not YamlMappingNode mapping)
        {
            Fault(node, $"{what} must be a mapping", "Write it as 'key: value' lines");
            return null;
        }

        var values = new Dictionary<string, YamlNode>();
        foreach (var (keyNode, value) in mapping.Children)
        {
            var key = (keyNode as YamlScalarNode)?.Value ?? "";
            if (knownKeys is not null && !knownKeys.Contains(key))
            {
                Fault(keyNode, $"Unknown key '{key}' in {what}", NearestName.Hint(key, knownKeys));
                continue;
            }

            values[key] = value;
        }

        return values;
    }

    public IReadOnlyList<YamlNode> Sequence(YamlNode? node, string what)
    {
        if (node is YamlSequenceNode sequence)
        {
            return [.. sequence.Children];
        }

        if (node is not null)
        {
            Fault(node, $"{what} must be a list", "Write each entry on a line of its own that begins with '- '");
        }

        return [];
    }

    /// <summary>The text of a scalar that isn't empty, else null and a fault.</summary>
    public string? Text(YamlNode owner, YamlNode? node, string what, string hint)
    {
        if (node is YamlScalarNode { Value: { Length: > 0 } value })
        {
            return value;
        }

        Fault(node ?? owner, node is null ? $"{what} is missing" : $"{what} must be a text", hint);
        return null;
    }

    public int? WholeNumber(YamlNode owner, YamlNode? node, string what, int minimum, int maximum)
    {
        var hint = string.Create(CultureInfo.InvariantCulture, $"Give a whole number from {minimum} to {maximum}");
        var text = Text(owner, node, what, hint);
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= minimum && number <= maximum)
        {
            return number;
        }

        Fault(node, $"{what} '{text}' is not a whole number in range", hint);
        return null;
    }

    public TimeSpan? Window(YamlNode? node, string what)
    {
        if (node is null)
        {
            return null;
        }

        const string Hint = "Give days or weeks, such as 90d or 26w";
        var text = Text(node, node, what, Hint);
        if (text is null)
        {
            return null;
        }

        if (Duration.TryParse(text, out var window))
        {
            return window;
        }

        Fault(node, $"{what} '{text}' is not a duration", Hint);
        return null;
    }
}
