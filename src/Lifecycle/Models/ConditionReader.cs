using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>
/// Reads the conditions on one property: a value, a list of values, or a mapping of operators to values. A value in
/// quotes is a text; otherwise it is a number or true/false if it looks like one.
/// </summary>
internal static class ConditionReader
{
    private static readonly Dictionary<string, ConditionOperator> Operators = new()
    {
        ["eq"] = ConditionOperator.Eq,
        ["ne"] = ConditionOperator.Ne,
        ["in"] = ConditionOperator.In,
        ["gt"] = ConditionOperator.Gt,
        ["gte"] = ConditionOperator.Gte,
        ["lt"] = ConditionOperator.Lt,
        ["lte"] = ConditionOperator.Lte,
        ["exists"] = ConditionOperator.Exists,
    };

    public static void Read(YamlReader yaml, string property, YamlNode node, List<PropertyCondition> conditions)
    {
        if (property.Length == 0 || property.Split('.').Any(step => step.Length == 0))
        {
            yaml.Fault(node, $"'{property}' is not the name of a property", "Give a name, or a path such as address.city");
            return;
        }

        switch (node)
        {
            case YamlMappingNode:
                foreach (var (name, value) in yaml.Mapping(node, $"the condition on '{property}'", Operators.Keys) ?? [])
                {
                    ReadOne(yaml, property, Operators[name], name, value, conditions);
                }

                break;
            case YamlSequenceNode:
                ReadOne(yaml, property, ConditionOperator.In, "in", node, conditions);
                break;
            default:
                ReadOne(yaml, property, ConditionOperator.Eq, "eq", node, conditions);
                break;
        }
    }

    private static void ReadOne(
        YamlReader yaml, string property, ConditionOperator op, string name, YamlNode node, List<PropertyCondition> conditions)
    {
        var value = op == ConditionOperator.In ? List(node) : Scalar(node);
        var problem = (op, value) switch
        {
            (ConditionOperator.In, null) => "needs a list of texts or of numbers",
            (_, null) => "needs a value",
            (ConditionOperator.Exists, not bool) => "needs true or false",
            (ConditionOperator.Gt or ConditionOperator.Gte or ConditionOperator.Lt or ConditionOperator.Lte, not double) =>
                "needs a number",
            (not ConditionOperator.Exists, not double and not double[]) when KnownProperty.Numbers.ContainsKey(property) =>
                "needs a number, as this property is one",
            (not ConditionOperator.Exists, not string and not string[]) when KnownProperty.Texts.ContainsKey(property) =>
                "needs a text, as this property is one",
            _ => null,
        };
        if (problem is not null)
        {
            yaml.Fault(node, $"Operator '{name}' on '{property}' {problem}", "Put texts in quotes and leave numbers without");
            return;
        }

        conditions.Add(new PropertyCondition(property, op, value!));
    }

    private static object? Scalar(YamlNode node)
    {
        if (node is not YamlScalarNode { Value: { } text } scalar || (text.Length == 0 && scalar.Style == ScalarStyle.Plain))
        {
            return null;
        }

        if (scalar.Style != ScalarStyle.Plain)
        {
            return text;
        }

        return text switch
        {
            "true" => true,
            "false" => false,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) ? number : text,
        };
    }

    private static object? List(YamlNode node)
    {
        var values = node is YamlSequenceNode sequence ? sequence.Children.Select(Scalar).ToArray() : [];
        return values switch
        {
            [] => null,
            _ when Array.TrueForAll(values, value => value is double) => values.Cast<double>().ToArray(),
            _ when Array.TrueForAll(values, value => value is string) => values.Cast<string>().ToArray(),
            _ => null,
        };
    }
}
