using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace LifecycleMetrics.Storage.Schema;

/// <summary>What a metric is: an entry of sql/metrics/*.yaml.</summary>
public sealed class MetricDefinition
{
    /// <summary>Id of the metric, as in the rows of its view.</summary>
    public string Metric { get; set; } = "";

    /// <summary>Version of the definition, raised when what the number means changes.</summary>
    public int Version { get; set; }

    /// <summary>The view that holds it.</summary>
    public string View { get; set; } = "";

    /// <summary>What the number counts or measures.</summary>
    public string Unit { get; set; } = "";

    /// <summary>What may be summed: additive, semi-additive (over slices only) or non-additive.</summary>
    public string Additivity { get; set; } = "";

    /// <summary>The formula in words.</summary>
    public string Description { get; set; } = "";

    /// <summary>A worked example in one or two sentences.</summary>
    public string Example { get; set; } = "";

    /// <summary>Reads the entries of all files put behind each other.</summary>
    public static IReadOnlyList<MetricDefinition> ParseAll(string yaml) =>
        new DeserializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .Build()
            .Deserialize<List<MetricDefinition>>(yaml);
}
