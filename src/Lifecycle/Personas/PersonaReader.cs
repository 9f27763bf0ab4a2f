using LifecycleMetrics.Lifecycle.Models;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LifecycleMetrics.Lifecycle.Personas;

/// <summary>Reads and validates the file of personas; see docs/lifecycle.md for its keys.</summary>
internal static class PersonaReader
{
    /// <summary>Name of the file, beside the models.</summary>
    public const string FileName = "personas.yaml";

    /// <summary>Most personas there can be: a set of them is one 32-bit number.</summary>
    public const int MaximumPersonas = 30;

    private static readonly string[] FileKeys = ["personas"];

    private static readonly string[] PersonaKeys = ["id", "labels", "when", "for"];

    /// <summary>Reads the personas. The result holds all of them and no fault, or none and all faults of the file.</summary>
    public static PersonaReading Read(string file, string text)
    {
        var yaml = new YamlReader(file);
        var personas = new List<Persona>();
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is not [var document])
            {
                yaml.Fault(null, "The file must hold one YAML document", "List the personas under 'personas:'");
            }
            else if (yaml.Mapping(document.RootNode, "the file of personas", FileKeys) is { } keys)
            {
                personas = ReadAll(yaml, keys.GetValueOrDefault("personas"));
            }
        }
        catch (YamlException exception)
        {
            yaml.Fault(exception);
        }

        return new PersonaReading(yaml.Faults.Count == 0 ? personas : [], yaml.Faults);
    }

    private static List<Persona> ReadAll(YamlReader yaml, YamlNode? list)
    {
        var personas = new List<Persona>();
        foreach (var node in yaml.Sequence(list, "personas"))
        {
            if (yaml.Mapping(node, "a persona", PersonaKeys) is not { } keys)
            {
                continue;
            }

            var persona = ReadOne(yaml, node, keys, personas.Count + 1);
            if (persona.Id.Length > 0 && personas.Exists(other => other.Id == persona.Id))
            {
                yaml.Fault(node, $"Persona '{persona.Id}' is there twice", "Give each persona an id of its own; one can have several rules");
            }

            personas.Add(persona);
        }

        CheckSize(yaml, list, personas);
        return personas;
    }

    private static Persona ReadOne(YamlReader yaml, YamlNode node, Dictionary<string, YamlNode> keys, int rank)
    {
        var id = ModelReader.Identifier(yaml, node, keys.GetValueOrDefault("id"), "id of a persona") ?? "";
        var what = $"persona '{id}'";
        var rules = yaml.Sequence(keys.GetValueOrDefault("when"), $"when of {what}")
            .Select(rule => RuleReader.Read(yaml, rule, what))
            .OfType<EntryRule>()
            .ToArray();
        if (keys.TryGetValue("for", out var duration) && rules.Length == 0)
        {
            yaml.Fault(duration, $"for of {what} has no rule to hold after", "Say under 'when:' which events make somebody one, or leave 'for' out");
        }

        return new Persona(
            id,
            rank,
            ModelReader.Label(yaml, node, keys.GetValueOrDefault("labels"), what),
            rules,
            yaml.Window(duration, $"for of {what}"));
    }

    private static void CheckSize(YamlReader yaml, YamlNode? list, List<Persona> personas)
    {
        if (personas.Count > MaximumPersonas)
        {
            yaml.Fault(list, $"There are {personas.Count} personas", $"Use at most {MaximumPersonas}");
        }

        var ruleCount = personas.Sum(persona => persona.Rules.Count);
        if (ruleCount > ModelReader.MaximumRules)
        {
            yaml.Fault(list, $"There are {ruleCount} rules of personas", $"Use at most {ModelReader.MaximumRules}; one rule can list several events");
        }
    }
}
