namespace LifecycleMetrics.Oracle.Tests.Worlds;

/// <summary>A period of local days, the end not included.</summary>
internal readonly record struct Period(string Grain, DateOnly Start, DateOnly End)
{
    /// <summary>The grains, short ones first.</summary>
    public static readonly IReadOnlyList<string> Grains = ["day", "week", "month", "quarter", "year"];

    public bool Contains(DateOnly day) => day >= Start && day < End;
}
