using Microsoft.OData.Edm;

namespace LifecycleMetrics.Reporting.OData.Schema;

/// <summary>An entity set and the view behind it.</summary>
internal sealed class PublishedSet(string name, string relation, IEdmEntitySet edm, IReadOnlyList<PublishedProperty> properties)
{
    private readonly Dictionary<string, PublishedProperty> _byName =
        properties.ToDictionary(property => property.Name, StringComparer.Ordinal);

    public string Name { get; } = name;

    public string Relation { get; } = relation;

    public IEdmEntitySet Edm { get; } = edm;

    /// <summary>In the order of the view's columns.</summary>
    public IReadOnlyList<PublishedProperty> Properties { get; } = properties;

    /// <summary>In the order of the declared grain.</summary>
    public IReadOnlyList<PublishedProperty> Key { get; } =
        [.. edm.EntityType.Key().Select(key => properties.First(property => property.Name == key.Name)),];

    public PublishedProperty this[string property] => _byName[property];
}
