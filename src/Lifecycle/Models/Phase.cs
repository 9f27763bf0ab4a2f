namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>The canonical phases every stage of every model maps to, so that numbers can be shown in any vocabulary.</summary>
public static class Phase
{
    /// <summary>The phase, and the id, of the implicit stage of subjects that went quiet.</summary>
    public const string Lapsed = "lapsed";

    /// <summary>The phases a stage may name, in the order of a life; <see cref="Lapsed"/> is not among them.</summary>
    public static readonly IReadOnlyList<string> OfStages =
        ["reach", "consider", "convert", "onboard", "grow", "retain", "advocate"];
}
