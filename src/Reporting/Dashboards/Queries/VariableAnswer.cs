using LifecycleMetrics.Reporting.Dashboards.Definitions;

namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>A variable as the viewer shows it.</summary>
internal sealed record VariableAnswer(
    string Name,
    string Label,
    bool IsMulti,
    bool IncludesAll,
    bool IsHidden,
    bool IsText,
    IReadOnlyList<VariableOption> Options,
    IReadOnlyList<string> Selected)
{
    public static VariableAnswer From(VariableChoice choice) => new(
        choice.Definition.Name, choice.Definition.Label, choice.Definition.IsMulti, choice.Definition.IncludesAll,
        choice.Definition.IsHidden, choice.Definition.Type == VariableType.TextBox, choice.Options, choice.Selected);
}
