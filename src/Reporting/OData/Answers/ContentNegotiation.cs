using LifecycleMetrics.Reporting.OData.Querying;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace LifecycleMetrics.Reporting.OData.Answers;

/// <summary>$format, or else Accept, for each kind of answer.</summary>
internal static class ContentNegotiation
{
    private const string Json = "application/json";

    /// <exception cref="ODataRequestException">406: nothing acceptable, or 415-like parameters that are not done.</exception>
    public static JsonFormat Rows(HttpRequest request, QueryOptions options)
    {
        ODataRequestException? refused = null;
        foreach (var accepted in Accepted(request, options))
        {
            if (!accepted.IsSubsetOfJson())
                continue;
            var format = Format(accepted, out var unknown);
            if (format is not null)
                return format;
            refused = NotAcceptable(unknown!);
        }

        throw refused ?? NotAcceptable("Rows are given as application/json only.");
    }

    /// <exception cref="ODataRequestException">406: the client does not take XML.</exception>
    public static void Metadata(HttpRequest request, QueryOptions options)
    {
        foreach (var accepted in Accepted(request, options))
        {
            if (accepted.MatchesAllTypes
                || (accepted.Type.Equals("application", StringComparison.OrdinalIgnoreCase)
                    && (accepted.MatchesAllSubTypes || accepted.SubType.Equals("xml", StringComparison.OrdinalIgnoreCase))))
            {
                return;
            }
        }

        throw NotAcceptable("$metadata is given as application/xml only.");
    }

    /// <exception cref="ODataRequestException">406: the client does not take plain text.</exception>
    public static void Text(HttpRequest request)
    {
        // $format does not apply to raw values. Many clients send their usual Accept here, so JSON counts as well.
        foreach (var accepted in AcceptHeader(request))
        {
            if (accepted.MatchesAllTypes || accepted.Type.Equals("text", StringComparison.OrdinalIgnoreCase) || accepted.IsSubsetOfJson())
                return;
        }

        throw NotAcceptable("Raw values are given as text/plain only.");
    }

    private static JsonFormat? Format(MediaTypeHeaderValue accepted, out string? unknown)
    {
        unknown = null;
        var level = MetadataLevel.Minimal;
        var compatible = false;
        foreach (var parameter in accepted.Parameters)
        {
            var value = parameter.GetUnescapedValue().Value ?? "";
            switch (parameter.Name.Value?.ToLowerInvariant())
            {
                case "odata.metadata" or "metadata" when value.Equals("none", StringComparison.OrdinalIgnoreCase):
                    level = MetadataLevel.None;
                    break;
                case "odata.metadata" or "metadata" when value.Equals("full", StringComparison.OrdinalIgnoreCase):
                    unknown = "odata.metadata=full is not given; ask for minimal or none.";
                    return null;
                case "odata.metadata" or "metadata" when !value.Equals("minimal", StringComparison.OrdinalIgnoreCase):
                    unknown = $"There is no odata.metadata={value}; ask for minimal or none.";
                    return null;
                case "odata":
                    unknown = "odata=… belongs to OData 3; this service speaks 4.0.";
                    return null;
                case "ieee754compatible":
                    compatible = value.Equals("true", StringComparison.OrdinalIgnoreCase);
                    break;
                default:
                    // streaming, charset, q and exponentialDecimals change nothing here.
                    break;
            }
        }

        return new JsonFormat(level, compatible);
    }

    private static IEnumerable<MediaTypeHeaderValue> Accepted(HttpRequest request, QueryOptions options)
    {
        if (options["$format"] is not { } format)
            return AcceptHeader(request);
        var type = format.ToLowerInvariant() switch
        {
            "json" => Json,
            "xml" => "application/xml",
            _ => format,
        };
        return MediaTypeHeaderValue.TryParse(type, out var parsed)
            ? [parsed]
            : throw ODataRequestException.BadRequest("BadOption", $"$format={format} is no media type.", "$format");
    }

    private static IEnumerable<MediaTypeHeaderValue> AcceptHeader(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0)
            return [new MediaTypeHeaderValue("*/*")];
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var list))
            throw ODataRequestException.BadRequest("BadHeader", "The Accept header cannot be read.");
        return list.Where(type => type.Quality is null or > 0).OrderByDescending(type => type.Quality ?? 1);
    }

    private static bool IsSubsetOfJson(this MediaTypeHeaderValue type) =>
        type.MatchesAllTypes
        || (type.Type.Equals("application", StringComparison.OrdinalIgnoreCase)
            && (type.MatchesAllSubTypes || type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase)));

    private static ODataRequestException NotAcceptable(string message) =>
        new(StatusCodes.Status406NotAcceptable, "NotAcceptable", message);
}
