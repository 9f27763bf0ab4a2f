using System.Globalization;

namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>
/// Turns the entry rules of models and personas into ClickHouse expressions. Names and values from the file become typed
/// parameters; the SQL text itself holds only what this class and <see cref="KnownProperty"/> contain.
/// </summary>
public static class RuleCompiler
{
    /// <summary>Compiles rules.</summary>
    /// <param name="rules">The rules, and the ordinal of what each leads into.</param>
    /// <param name="prefix">Begins the names of their parameters, so that several sets fit into one statement.</param>
    public static CompiledRules Compile(IEnumerable<(int Ordinal, EntryRule Rule)> rules, string prefix = "p")
    {
        var parameters = new ParameterList(prefix);
        var compiled = new List<CompiledRule>();
        foreach (var (ordinal, rule) in rules)
        {
            var events = parameters.Bind("Array(String)", rule.Events.ToArray());
            var conditions = rule.Conditions.Select(condition => Condition(parameters, condition)).ToArray();
            var predicate = conditions.Length == 0
                ? $"event.event in {events}"
                : $"if(event.event in {events}, {string.Join(" and ", conditions)}, 0)";
            compiled.Add(new CompiledRule(ordinal, predicate, rule.Nth, rule.Within));
        }

        return new CompiledRules(compiled, parameters.All);
    }

    private static string Condition(ParameterList parameters, PropertyCondition condition)
    {
        var value = condition.Value switch
        {
            double or double[] => "Float64",
            string or string[] => "String",
            _ => "Bool",
        };
        if (condition.Operator == ConditionOperator.Exists)
        {
            var exists = $"isNotNull({Property(parameters, condition.Property, "")})";
            return condition.Value is true ? exists : $"not {exists}";
        }

        var property = Property(parameters, condition.Property, value);
        return condition.Operator switch
        {
            ConditionOperator.Eq => Compare("=", whenMissing: 0),
            ConditionOperator.Ne => Compare("!=", whenMissing: 1),
            ConditionOperator.Gt => Compare(">", whenMissing: 0),
            ConditionOperator.Gte => Compare(">=", whenMissing: 0),
            ConditionOperator.Lt => Compare("<", whenMissing: 0),
            ConditionOperator.Lte => Compare("<=", whenMissing: 0),
            ConditionOperator.In =>
                $"ifNull({property} in {parameters.Bind($"Array({value})", condition.Value)}, 0)",
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition.Operator, "There is no such operator."),
        };

        string Compare(string comparison, int whenMissing) => string.Create(
            CultureInfo.InvariantCulture,
            $"ifNull({property} {comparison} {parameters.Bind(value, condition.Value)}, {whenMissing})");
    }

    private static string Property(ParameterList parameters, string property, string type)
    {
        if (KnownProperty.Numbers.TryGetValue(property, out var column)
            || KnownProperty.Texts.TryGetValue(property, out column))
        {
            return column;
        }

        var (json, steps) = property.StartsWith(KnownProperty.TraitPrefix, StringComparison.Ordinal)
            ? ("event.traits", property[KnownProperty.TraitPrefix.Length..])
            : ("event.properties", property);
        var path = string.Join(", ", steps.Split('.').Select(step => parameters.Bind("String", step)));
        return type.Length == 0
            ? $"if(JSONHas({json}, {path}), 1, null)"
            : $"JSONExtract({json}, {path}, 'Nullable({type})')";
    }
}
