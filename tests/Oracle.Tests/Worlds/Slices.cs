namespace LifecycleMetrics.Oracle.Tests.Worlds;

/// <summary>The one value of each dimension that somebody or something is counted in.</summary>
internal sealed record Slices(string Channel, string Campaign, string Persona, string Country, string Source)
{
    /// <summary>Dimensions with their values; <c>(none)</c> is unknown.</summary>
    public IEnumerable<(string Dimension, string Value)> All()
    {
        yield return ("all", "all");
        yield return ("channel", Known(Channel));
        yield return ("campaign", Known(Campaign));
        yield return ("persona", Known(Persona));
        yield return ("country", Known(Country));
        yield return ("source", Known(Source));
    }

    private static string Known(string value) => value.Length == 0 ? "(none)" : value;
}
