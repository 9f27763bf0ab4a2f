using LifecycleMetrics.Reporting.Dashboards.Definitions;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>Finds the choices of a dashboard's variables, in order, and checks what was asked for against them.</summary>
public sealed class VariableResolver(AnswerCache answers, IOptions<DashboardOptions> options)
{
    /// <param name="dashboard">Whose variables.</param>
    /// <param name="requested">Values by variable; variables left out get their default.</param>
    /// <param name="window">Variable queries may use the time range.</param>
    /// <param name="replaceUnknown">
    /// A value that is no choice (any more): true = take the default in its place, false = an error.
    /// </param>
    /// <param name="cancellationToken">Stops a running query.</param>
    /// <exception cref="DashboardQueryException">A value is no choice, or a variable does not exist.</exception>
    public async Task<IReadOnlyList<VariableChoice>> ResolveAsync(
        Dashboard dashboard,
        IReadOnlyDictionary<string, IReadOnlyList<string>> requested,
        TimeWindow window,
        bool replaceUnknown,
        CancellationToken cancellationToken)
    {
        var unknown = requested.Keys.FirstOrDefault(name => dashboard.Variables.All(variable => variable.Name != name));
        if (unknown is not null && !replaceUnknown)
            throw new DashboardQueryException($"Dashboard {dashboard.Uid} has no variable '{unknown}'.");

        List<VariableChoice> choices = [];
        foreach (var variable in dashboard.Variables)
        {
            var values = choices.ToDictionary(choice => choice.Definition.Name, choice => choice.Value);
            var possible = variable.Type == VariableType.Query
                ? await ReadAsync(variable, window, values, cancellationToken)
                : variable.Options;
            var selected = Select(variable, possible, requested.GetValueOrDefault(variable.Name), replaceUnknown);
            choices.Add(new VariableChoice(variable, possible, selected));
        }

        return choices;
    }

    private async Task<IReadOnlyList<VariableOption>> ReadAsync(
        Variable variable,
        TimeWindow window,
        Dictionary<string, VariableValue> values,
        CancellationToken cancellationToken)
    {
        var result = await answers.RunAsync(QueryExpander.Expand(variable.Query, window, values), cancellationToken);
        if (result.IsTruncated || result.Rows.Count > options.Value.MaxVariableOptions)
            throw new DashboardQueryException(
                $"Variable {variable.Name} has more than {options.Value.MaxVariableOptions} choices; narrow its query, or "
                + $"raise {DashboardOptions.Section}:MaxVariableOptions.");
        return [.. result.Rows
            .Select(row => (Value: row[0]?.ToString() ?? "", Text: row[^1]?.ToString() ?? ""))
            .Select(option => new VariableOption(option.Text, option.Value))];
    }

    private static IReadOnlyList<string> Select(
        Variable variable, IReadOnlyList<VariableOption> possible, IReadOnlyList<string>? requested, bool replaceUnknown)
    {
        if (requested is { Count: > 0 })
        {
            var fault = FaultOf(variable, possible, requested);
            if (fault is null)
                return requested;
            if (!replaceUnknown)
                throw new DashboardQueryException(fault);
        }

        if (FaultOf(variable, possible, variable.Default) is null && variable.Default.Count > 0)
            return variable.Default;
        if (variable.IncludesAll)
            return [Variable.All];
        return possible.Count > 0 ? [possible[0].Value] : [];
    }

    private static string? FaultOf(
        Variable variable, IReadOnlyList<VariableOption> possible, IReadOnlyList<string> values)
    {
        if (variable.Type == VariableType.TextBox)
            return values.Count == 1 ? null : $"Variable {variable.Name} takes one text.";
        if (values is [Variable.All])
            return variable.IncludesAll ? null : $"Variable {variable.Name} has no choice All.";
        if (values.Count > 1 && !variable.IsMulti)
            return $"Variable {variable.Name} takes one value.";
        var wrong = values.FirstOrDefault(value => possible.All(option => option.Value != value));
        return wrong is null ? null : $"Variable {variable.Name} has no choice '{wrong}'.";
    }
}
