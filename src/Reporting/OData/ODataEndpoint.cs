using ClickHouse.Data;
using LifecycleMetrics.Reporting.OData.Answers;
using LifecycleMetrics.Reporting.OData.Querying;
using LifecycleMetrics.Reporting.OData.Schema;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.OData;

/// <summary>Everything under <c>/odata</c>: reads the URL, picks the answer, and turns what fails into an OData error.</summary>
internal sealed class ODataEndpoint(
    ODataModelSource models,
    CollectionAnswer collections,
    EntityAnswer entities,
    IOptions<ODataOptions> options,
    ILogger<ODataEndpoint> logger)
{
    private const string RetryAfterSeconds = "5";

    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers["OData-Version"] = "4.0";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await AnswerAsync(context);
        }
        catch (ODataRequestException error)
        {
            await RefuseAsync(context, error);
        }
        catch (ClickHouseException exception) when (!context.Response.HasStarted)
        {
            logger.QueryFailed(exception.QueryId, exception);
            if (ODataErrors.MeansOldModel(exception))
                models.Invalidate();
            await RefuseAsync(context, ODataErrors.From(exception));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away; its query was killed with the request's token, and nobody reads an answer.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            // The top of the service: whatever is left is our fault, and clients still read an OData error best.
            logger.RequestFailed(exception);
            await RefuseAsync(context, new ODataRequestException(
                StatusCodes.Status500InternalServerError, "InternalError", "The service failed on this request; its log says why."));
        }
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            throw new ODataRequestException(StatusCodes.Status405MethodNotAllowed, "MethodNotAllowed", "This service is read-only: use GET or HEAD.");
        }

        CheckVersion(context.Request);
        var model = await models.GetAsync(context.RequestAborted);
        var request = ODataRequestParser.Parse(model, PathOf(context), context.Request.QueryString.Value);
        await (request.Kind switch
        {
            ResourceKind.ServiceDocument => ServiceDocumentAsync(context, model, request),
            ResourceKind.Metadata => MetadataDocument.WriteAsync(context, model, request),
            ResourceKind.Collection => collections.WriteAsync(context, request),
            ResourceKind.Count => entities.WriteCountAsync(context, request),
            ResourceKind.Entity => entities.WriteEntityAsync(context, request),
            ResourceKind.Property => entities.WritePropertyAsync(context, request),
            _ => entities.WriteRawAsync(context, request),
        });
    }

    private Task ServiceDocumentAsync(HttpContext context, ODataModel model, ODataRequest request)
    {
        var format = ContentNegotiation.Rows(context.Request, request.Options);
        context.Response.ContentType = format.ContentType;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : ServiceDocument.WriteAsync(context, model, format, ServiceRoot.Of(context.Request, options.Value));
    }

    // The decoded path has lost which slashes and quotes stood in a key; the raw one has not.
    private static string PathOf(HttpContext context)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (!raw.StartsWith('/') && Uri.TryCreate(raw, UriKind.Absolute, out var absolute))
            raw = absolute.AbsolutePath;
        var end = raw.AsSpan().IndexOfAny('?', '#');
        var path = end < 0 ? raw : raw[..end];
        var start = context.Request.PathBase.ToUriComponent().Length + ServiceRoot.Path.Length;
        return path.Length <= start ? "" : path[start..].Trim('/');
    }

    private static void CheckVersion(HttpRequest request)
    {
        if (request.Headers["OData-MaxVersion"].FirstOrDefault() is { } text
            && (!Version.TryParse(text, out var version) || version < new Version(4, 0)))
        {
            throw ODataRequestException.BadRequest("VersionNotSupported", $"This service speaks OData 4.0; OData-MaxVersion: {text} is older.", "OData-MaxVersion");
        }
    }

    private static Task RefuseAsync(HttpContext context, ODataRequestException error)
    {
        if (error.Status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return ErrorAnswer.WriteAsync(context, error);
    }
}
