using System.Globalization;

namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>
/// Turns the entry rules of a model into ClickHouse expressions. Names and values from the file become typed
/// parameters; the SQL text itself holds only what this class and <see cref="KnownProperty"/> contain.
/// </summary>
public static class RuleCompiler
{
    /// <summary>Compiles all rules of the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prefix">Begins the names of its parameters, so that several models fit into one statement.</param>
    public static CompiledRules Compile(LifecycleModel model, string prefix = "p")
    {
        var parameters = new ParameterList(prefix);
        var rules = new List<CompiledRule>();
        foreach (var stage in model.Stages)
        {
            foreach (var rule in stage.Rules)
            {
                var events = parameters.Bind("Array(String)", rule.Events.ToArray());
                var conditions = rule.Conditions.Select(condition => Condition(parameters, condition)).ToArray();
                var predicate = conditions.Length == 0
                    ? $"event.event in {events}"
                    : $"if(event.event in {events}, {string.Join(" and ", conditions)}, 0)";
                rules.Add(new CompiledRule(stage.Ordinal, predicate, rule.Nth, rule.Within));
            }
        }

        return new CompiledRules(rules, parameters.All);
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

        var path = string.Join(", ", property.Split('.').Select(step => parameters.Bind("String", step)));
        return type.Length == 0
            ? $"if(JSONHas(event.properties, {path}), 1, null)"
            : $"JSONExtract(event.properties, {path}, 'Nullable({type})')";
    }
}
