using System.Text.RegularExpressions;
using LifecycleMetrics.Reporting.OData.Schema;
using Microsoft.OData;
using Microsoft.OData.UriParser;

namespace LifecycleMetrics.Reporting.OData.Querying;

/// <summary>Reads a URL with the OData library, and says what the library leaves unsaid.</summary>
internal static class ODataRequestParser
{
    private static readonly PropertyResolver Resolver = new();

    /// <param name="model">The published sets.</param>
    /// <param name="path">After <c>/odata/</c>, percent-encoded as it came.</param>
    /// <param name="queryString">With or without its question mark.</param>
    /// <exception cref="ODataRequestException">The request cannot be answered.</exception>
    public static ODataRequest Parse(ODataModel model, string path, string? queryString)
    {
        var options = QueryOptions.Parse(queryString);
        switch (path)
        {
            case "":
                options.Allow("the service document");
                return new ODataRequest(ResourceKind.ServiceDocument, options);
            case "$metadata":
                options.Allow("$metadata");
                return new ODataRequest(ResourceKind.Metadata, options);
            case "$batch" or "$all" or "$entity":
            case var join when join.StartsWith("$crossjoin", StringComparison.Ordinal):
                throw ODataRequestException.NotSupported(path);
            default:
                break;
        }

        var set = SetOf(model, path);
        var parser = new ODataUriParser(model.Edm, new Uri($"{path}?{options.ToQueryString()}", UriKind.Relative))
        {
            UrlKeyDelimiter = ODataUrlKeyDelimiter.Parentheses,
            Resolver = Resolver,
        };
        parser.Settings.MaximumExpansionDepth = 0;
        var request = Resource(set, Guard("the path", parser.ParsePath, StatusOfPath), options, path);
        request = request with { Key = [.. request.Key.Select(key => Guard("the path", () => Resolved(model, request, key))),] };
        return request.Kind switch
        {
            ResourceKind.Collection => Collection(request, parser),
            ResourceKind.Count => Counted(request, parser),
            ResourceKind.Entity => Entity(request, parser),
            _ => Plain(request),
        };
    }

    private static PublishedSet SetOf(ODataModel model, string path)
    {
        var name = Uri.UnescapeDataString(path[..(path.AsSpan().IndexOfAny('(', '/') is var end and >= 0 ? end : path.Length)]);
        return model.Sets.GetValueOrDefault(name)
            ?? throw ODataRequestException.NotFound($"There is no entity set '{name}'.{ClosestName.Hint(name, model.Sets.Keys)}");
    }

    private static ODataRequest Resource(PublishedSet set, ODataPath segments, QueryOptions options, string path)
    {
        ODataRequest Of(ResourceKind kind) => new(kind, options) { Set = set };
        return segments.ToList() switch
        {
            [EntitySetSegment] => Of(ResourceKind.Collection),
            [EntitySetSegment, CountSegment] => Of(ResourceKind.Count),
            [EntitySetSegment, KeySegment key] => Keyed(Of(ResourceKind.Entity), key),
            [EntitySetSegment, KeySegment key, PropertySegment property] =>
                Keyed(Of(ResourceKind.Property), key) with { Property = set[property.Property.Name] },
            [EntitySetSegment, KeySegment key, PropertySegment property, ValueSegment] =>
                Keyed(Of(ResourceKind.PropertyValue), key) with { Property = set[property.Property.Name] },
            [.., FilterSegment or EachSegment or ReferenceSegment or TypeSegment or OperationSegment] =>
                throw ODataRequestException.NotSupported($"The path {path}"),
            _ => throw ODataRequestException.NotFound($"There is nothing at {path}."),
        };

        ODataRequest Keyed(ODataRequest request, KeySegment key) => request with
        {
            Key = [.. key.Keys],
            KeyText = path[path.IndexOf('(', StringComparison.Ordinal)..(path.LastIndexOf(')') + 1)],
        };
    }

    // For an alias in a key the library gives a token of its own that says nothing; the URL still does.
    private static KeyValuePair<string, object> Resolved(ODataModel model, ODataRequest request, KeyValuePair<string, object> key)
    {
        if (key.Value.GetType().Namespace != typeof(ODataUriParser).Namespace)
            return key;
        var alias = Regex.Match(
            Uri.UnescapeDataString(request.KeyText), $@"[(,]\s*(?:{key.Key}\s*=\s*)?(@\w+)\s*[,)]",
            RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)).Groups[1].Value;
        var text = request.Options[alias] ?? throw ODataRequestException.BadRequest(
            "UnknownAlias", $"The parameter alias {alias} has no value: add &{alias}=… to the URL.", alias);
        return KeyValuePair.Create(key.Key, ODataUriUtils.ConvertFromUriLiteral(
            text, ODataVersion.V4, model.Edm, request.Set![key.Key].Edm.Type));
    }

    private static ODataRequest Collection(ODataRequest request, ODataUriParser parser)
    {
        request.Options.Allow("an entity set", "$filter", "$select", "$orderby", "$top", "$skip", "$count", "$skiptoken");
        return Filtered(request, parser) with
        {
            OrderBy = Guard("$orderby", parser.ParseOrderBy),
            Select = Selected(request.Set!, parser),
            Top = Guard("$top", parser.ParseTop),
            Skip = Guard("$skip", parser.ParseSkip) ?? 0,
            Count = request.Options["$count"] switch
            {
                null => false,
                var text when text.Equals("true", StringComparison.OrdinalIgnoreCase) => true,
                var text when text.Equals("false", StringComparison.OrdinalIgnoreCase) => false,
                var text => throw ODataRequestException.BadRequest("BadOption", $"$count is true or false, not '{text}'.", "$count"),
            },
        };
    }

    private static ODataRequest Counted(ODataRequest request, ODataUriParser parser)
    {
        request.Options.Allow("$count", "$filter");
        return Filtered(request, parser);
    }

    private static ODataRequest Entity(ODataRequest request, ODataUriParser parser)
    {
        request.Options.Allow("an entity", "$select");
        return request with { Select = Selected(request.Set!, parser), Aliases = AliasesOf(request, parser) };
    }

    private static ODataRequest Plain(ODataRequest request)
    {
        request.Options.Allow("a property");
        return request;
    }

    private static ODataRequest Filtered(ODataRequest request, ODataUriParser parser)
    {
        if (request.Options["$filter"] is { } filter && Lambda(filter))
            throw ODataRequestException.NotSupported("any and all", "$filter");
        var clause = Guard("$filter", parser.ParseFilter);
        return request with { Filter = clause, Aliases = AliasesOf(request, parser) };
    }

    private static IDictionary<string, SingleValueNode> AliasesOf(ODataRequest request, ODataUriParser parser) =>
        parser.ParameterAliasNodes ?? request.Aliases;

    private static List<PublishedProperty>? Selected(PublishedSet set, ODataUriParser parser)
    {
        var clause = Guard("$select", parser.ParseSelectAndExpand);
        var items = clause?.SelectedItems.ToList() ?? [];
        if (items.Count == 0 || items.Exists(item => item is WildcardSelectItem))
            return null;
        var names = items.Select(item => item is PathSelectItem { SelectedPath: { Count: 1, FirstSegment: PropertySegment property } }
            ? property.Property.Name
            : throw ODataRequestException.NotSupported("$select of anything but properties", "$select")).ToHashSet(StringComparer.Ordinal);
        return [.. set.Properties.Where(property => names.Contains(property.Name))];
    }

    // No published property is a collection, so the library can only misunderstand these words.
    private static bool Lambda(string filter)
    {
        var outsideQuotes = string.Concat(filter.Split('\'').Where((_, index) => index % 2 == 0));
        return outsideQuotes.Contains("/any(", StringComparison.Ordinal) || outsideQuotes.Contains("/all(", StringComparison.Ordinal);
    }

    private static (int Status, string Code) StatusOfPath(Exception exception) =>
        exception is ODataUnrecognizedPathException or UnknownPropertyException ? (404, "NotFound") : (400, "BadPath");

    private static T Guard<T>(string what, Func<T> parse, Func<Exception, (int, string)>? status = null)
    {
        try
        {
            return parse();
        }
        // The last four leave the library on literals that are out of range, malformed or missing.
        catch (Exception exception) when (exception is ODataException or OverflowException or ArgumentException
            or FormatException or InvalidCastException)
        {
            var (code, word) = status?.Invoke(exception) ?? (400, "BadOption");
            throw new ODataRequestException(code, word, $"{what}: {exception.Message}", what[0] == '$' ? what : null);
        }
    }
}
