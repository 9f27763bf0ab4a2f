using LifecycleMetrics.Reporting.Dashboards.Definitions;

namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>A variable with its choices and what is chosen.</summary>
/// <param name="Definition">As in the dashboard.</param>
/// <param name="Options">What can be chosen, without "All".</param>
/// <param name="Selected">Values chosen; <see cref="Variable.All"/> alone stands for all.</param>
public sealed record VariableChoice(
    Variable Definition, IReadOnlyList<VariableOption> Options, IReadOnlyList<string> Selected)
{
    internal VariableValue Value => Selected is [Variable.All]
        ? new VariableValue([.. Options.Select(option => option.Value)], IsAll: true)
        : new VariableValue(Selected);
}
