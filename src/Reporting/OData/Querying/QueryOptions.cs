using System.Net;

namespace LifecycleMetrics.Reporting.OData.Querying;

/// <summary>
/// The options of a query string, decoded and checked before the OData library sees them: it takes unknown, empty and
/// doubled options for none at all, and a client whose filter was dropped gets wrong numbers without an error.
/// </summary>
internal sealed class QueryOptions
{
    private static readonly string[] Supported =
        ["$filter", "$select", "$orderby", "$top", "$skip", "$count", "$format", "$skiptoken"];

    private static readonly string[] Unsupported =
        ["$apply", "$expand", "$compute", "$search", "$deltatoken", "$index", "$levels", "$id", "$schemaversion"];

    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    private QueryOptions()
    {
    }

    /// <summary>The system option's value, such as that of <c>$filter</c>; null when it was not given.</summary>
    public string? this[string name] => _options.GetValueOrDefault(name);

    /// <summary>System options and parameter aliases, encoded again for the OData library.</summary>
    public string ToQueryString() => string.Join('&', _options
        .Where(option => option.Key is not ("$format" or "$skiptoken"))
        .Select(option => $"{option.Key}={Uri.EscapeDataString(option.Value)}"));

    /// <summary>Accepts the names of 4.0 and, as 4.01 allows, without <c>$</c> and in any case.</summary>
    /// <exception cref="ODataRequestException">Unknown, unsupported, empty or doubled option.</exception>
    public static QueryOptions Parse(string? queryString)
    {
        var result = new QueryOptions();
        foreach (var pair in (queryString ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = WebUtility.UrlDecode(equals < 0 ? pair : pair[..equals]).Trim();
            var value = equals < 0 ? "" : WebUtility.UrlDecode(pair[(equals + 1)..]);
            if (Canonical(name) is { } known)
                result.Add(known, value.Trim());
        }

        return result;
    }

    /// <exception cref="ODataRequestException">An option was given that has no meaning for this resource.</exception>
    public void Allow(string resource, params ReadOnlySpan<string> names)
    {
        foreach (var name in _options.Keys)
        {
            if (name[0] == '$' && name != "$format" && !names.Contains(name))
                throw ODataRequestException.BadRequest("OptionNotAllowed", $"{name} cannot be applied to {resource}.", name);
        }
    }

    private static string? Canonical(string name)
    {
        if (name.StartsWith('@'))
            return name;
        var lower = name.ToLowerInvariant();
        var dollar = lower.StartsWith('$') ? lower : "$" + lower;
        if (Supported.Contains(dollar))
            return dollar;
        if (Unsupported.Contains(dollar) && (lower[0] == '$' || lower is not ("id" or "index" or "levels")))
            throw ODataRequestException.NotSupported($"The query option {dollar}", dollar);
        if (name.StartsWith('$'))
        {
            throw ODataRequestException.BadRequest(
                "UnknownOption", $"There is no query option '{name}'.{ClosestName.Hint(dollar, Supported)}", name);
        }

        // Custom query options are the client's own business.
        return null;
    }

    private void Add(string name, string value)
    {
        if (value.Length == 0)
            throw ODataRequestException.BadRequest("EmptyOption", $"{name} has no value; leave it out or give it one.", name);
        if (!_options.TryAdd(name, value))
            throw ODataRequestException.BadRequest("DuplicateOption", $"{name} is given twice.", name);
    }
}
