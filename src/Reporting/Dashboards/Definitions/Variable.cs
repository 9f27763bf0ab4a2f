namespace LifecycleMetrics.Reporting.Dashboards.Definitions;

/// <summary>A variable of a dashboard.</summary>
/// <param name="Name">As in <c>${name:singlequote}</c>.</param>
/// <param name="Label">Shown before the choice.</param>
/// <param name="Type">Where its choices come from.</param>
/// <param name="Query">SQL of a query variable: first column the value, second the text; otherwise empty.</param>
/// <param name="Options">Choices of a custom or constant variable.</param>
/// <param name="Default">Values chosen when the address names none; may be outdated, then the first choice is taken.</param>
/// <param name="IsMulti">Several values can be chosen.</param>
/// <param name="IncludesAll">"All" is one of the choices.</param>
/// <param name="IsHidden">Not shown above the dashboard.</param>
public sealed record Variable(
    string Name,
    string Label,
    VariableType Type,
    string Query,
    IReadOnlyList<VariableOption> Options,
    IReadOnlyList<string> Default,
    bool IsMulti,
    bool IncludesAll,
    bool IsHidden)
{
    /// <summary>The value that stands for all choices, in addresses and in dashboard files.</summary>
    public const string All = "$__all";
}
