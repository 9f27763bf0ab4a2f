using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace LifecycleMetrics.Storage.Schema;

/// <summary>What each column means: sql/columns/*.yaml, read.</summary>
public sealed class ColumnDescriptions
{
    private readonly Dictionary<string, ColumnDescription> _byName;

    private ColumnDescriptions(Dictionary<string, ColumnDescription> byName) => _byName = byName;

    /// <summary>Every name that is described: a column's, or relation.column.</summary>
    public IReadOnlyCollection<string> Names => _byName.Keys;

    public static ColumnDescriptions Parse(string yaml) =>
        new(new DeserializerBuilder()
            .WithNamingConvention(UnderscoredNamingConvention.Instance)
            .Build()
            .Deserialize<Dictionary<string, ColumnDescription>>(yaml));

    /// <summary>The column's comment in the database; empty if it has none.</summary>
    public string Comment(string relation, string column)
    {
        var description = _byName.GetValueOrDefault($"{relation}.{column}") ?? _byName.GetValueOrDefault(column);
        return description switch
        {
            null => "",
            { Additive: false } => $"{description.Description} [not additive]",
            _ => description.Description,
        };
    }
}
