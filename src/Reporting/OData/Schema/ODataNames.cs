namespace LifecycleMetrics.Reporting.OData.Schema;

/// <summary>
/// Names of the contract: <c>kpi_stage_conversion</c> is the entity set StageConversions of type StageConversion,
/// <c>event_id</c> the property EventId.
/// </summary>
internal static class ODataNames
{
    public const string Namespace = "LifecycleMetrics";

    private static readonly string[] Prefixes = ["dim_", "kpi_", "stg_"];

    public static string EntitySet(string relation) => Pascal(Plural(WithoutPrefix(relation)));

    public static string EntityType(string relation) => Pascal(Singular(WithoutPrefix(relation)));

    public static string Property(string column) => Pascal(column);

    private static string WithoutPrefix(string relation) =>
        Prefixes.FirstOrDefault(prefix => relation.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix
            ? relation[prefix.Length..]
            : relation;

    private static string Pascal(string name) => string.Concat(name
        .Split('_', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Plural(string name) => name switch
    {
        [.., 's', 's'] or [.., 'u', 's'] or [.., 'x'] or [.., 's', 'h'] => name + "es",
        [.., 's'] => name,
        [.., 'a' or 'e' or 'o' or 'u', 'y'] => name + "s",
        [.., 'y'] => name[..^1] + "ies",
        _ => name + "s",
    };

    private static string Singular(string name) => name switch
    {
        [.., 's', 's'] or [.., 'u', 's'] => name,
        [.., 'i', 'e', 's'] => name[..^3] + "y",
        [.., 's'] => name[..^1],
        _ => name,
    };
}
