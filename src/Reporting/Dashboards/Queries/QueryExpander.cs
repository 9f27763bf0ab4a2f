using System.Text;

namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>
/// Turns the SQL of a dashboard (the ClickHouse plugin's macros, Grafana's variables) into SQL with parameters. Values
/// never become part of the text: <c>${name:singlequote}</c> becomes <c>{name_0:String},{name_1:String}</c>, which means
/// the same wherever a list of quoted values may stand. Other formats are refused.
/// </summary>
public static class QueryExpander
{
    private const string ListFormat = "singlequote";

    /// <exception cref="DashboardQueryException">An unknown macro, variable or format, or a variable inside quotes.</exception>
    public static ExpandedQuery Expand(
        string sql, TimeWindow window, IReadOnlyDictionary<string, VariableValue> variables)
    {
        var parameters = new Dictionary<string, SqlParameter>(StringComparer.Ordinal);
        var expanded = Expand(sql, new Macros(window, parameters), variables, parameters);
        return new ExpandedQuery(expanded, [.. parameters.Values]);
    }

    private static string Expand(
        string sql,
        Macros macros,
        IReadOnlyDictionary<string, VariableValue> variables,
        Dictionary<string, SqlParameter> parameters)
    {
        var text = new StringBuilder(sql.Length + 128);
        var at = 0;
        while (at < sql.Length)
        {
            if (SqlText.LengthOfQuotedOrComment(sql, at) is var length and > 0)
            {
                var part = sql.AsSpan(at, length);
                if (part[0] is '\'' or '"' or '`' && part.Contains('$'))
                    throw new DashboardQueryException(
                        $"A variable inside quotes is not replaced: {part}. Write ${{name:{ListFormat}}} without quotes.");
                text.Append(part);
                at += length;
            }
            else if (sql[at] == '$' && at + 1 < sql.Length && sql[at + 1] == '{')
            {
                var end = sql.IndexOf('}', at);
                if (end < 0)
                    throw new DashboardQueryException("A variable is not closed: } is missing after ${.");
                text.Append(InBraces(sql[(at + 2)..end]));
                at = end + 1;
            }
            else if (sql[at] == '$' && SqlText.WordAt(sql, at + 1) is { Length: > 0 } word)
            {
                at += 1 + word.Length;
                IReadOnlyList<string>? arguments = null;
                if (word.StartsWith("__", StringComparison.Ordinal) && at < sql.Length && sql[at] == '(')
                    (arguments, at) = SqlText.ArgumentsAt(sql, at);
                text.Append(Bare(word, arguments));
            }
            else
            {
                text.Append(sql[at++]);
            }
        }

        return text.ToString();

        string InBraces(string content)
        {
            var colon = content.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? content : content[..colon];
            var format = colon < 0 ? "" : content[(colon + 1)..];
            if (name.StartsWith("__", StringComparison.Ordinal) && format.Length == 0)
                return macros.Expand(name, null);
            if (format != ListFormat)
                throw new DashboardQueryException(
                    $"${{{content}}} would put a value into the SQL unquoted; write ${{{name}:{ListFormat}}}.");
            return List(name);
        }

        string Bare(string word, IReadOnlyList<string>? arguments)
        {
            if (word == "__conditionalAll")
                return ConditionalAll(arguments ?? []);
            if (word.StartsWith("__", StringComparison.Ordinal))
                return macros.Expand(word, arguments?.Select(Inner).ToList());
            throw new DashboardQueryException(
                $"${word} would put a value into the SQL unquoted; write ${{{word}:{ListFormat}}}.");
        }

        string Inner(string argument) => Expand(argument, macros, variables, parameters);

        string ConditionalAll(IReadOnlyList<string> arguments)
        {
            if (arguments.Count != 2 || !arguments[1].StartsWith('$'))
                throw new DashboardQueryException("$__conditionalAll takes a condition and a variable: (condition, $name).");
            var name = arguments[1].Trim('$', '{', '}');
            return Find(name).IsAll ? "1=1" : Inner(arguments[0]);
        }

        VariableValue Find(string name) => variables.TryGetValue(name, out var value)
            ? value
            : throw new DashboardQueryException($"There is no variable ${name} here; known are {string.Join(", ", variables.Keys)}.");

        string List(string name)
        {
            var values = Find(name).Values;
            if (values.Count == 0)
                throw new DashboardQueryException($"Variable {name} has no value: there is nothing to choose from yet.");
            var names = values.Select((value, index) =>
            {
                var parameter = new SqlParameter($"{name}_{index}", "String", value);
                parameters[parameter.Name] = parameter;
                return $"{{{parameter.Name}:{parameter.Type}}}";
            });
            return string.Join(", ", names);
        }
    }
}
