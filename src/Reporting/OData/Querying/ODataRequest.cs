using LifecycleMetrics.Reporting.OData.Schema;
using Microsoft.OData.UriParser;

namespace LifecycleMetrics.Reporting.OData.Querying;

/// <summary>A request understood: what it addresses and its bound options. No SQL yet.</summary>
internal sealed record ODataRequest(ResourceKind Kind, QueryOptions Options)
{
    /// <summary>Null for the service document and the metadata.</summary>
    public PublishedSet? Set { get; init; }

    /// <summary>Values of the key as the OData library gives them, by property name.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Key { get; init; } = [];

    /// <summary>The addressed property of an entity.</summary>
    public PublishedProperty? Property { get; init; }

    /// <summary>The key as it stands in the URL, with its parentheses.</summary>
    public string KeyText { get; init; } = "";

    public FilterClause? Filter { get; init; }

    public OrderByClause? OrderBy { get; init; }

    /// <summary>The properties to show, in the view's order; null for all.</summary>
    public IReadOnlyList<PublishedProperty>? Select { get; init; }

    public long? Top { get; init; }

    public long Skip { get; init; }

    /// <summary>Whether the total is wanted beside the rows.</summary>
    public bool Count { get; init; }

    public IDictionary<string, SingleValueNode> Aliases { get; init; } =
        new Dictionary<string, SingleValueNode>(StringComparer.Ordinal);
}
