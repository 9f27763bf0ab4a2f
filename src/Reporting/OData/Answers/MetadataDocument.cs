using LifecycleMetrics.Reporting.OData.Querying;
using LifecycleMetrics.Reporting.OData.Schema;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace LifecycleMetrics.Reporting.OData.Answers;

/// <summary>$metadata as XML, from memory, with an ETag.</summary>
internal static class MetadataDocument
{
    public static async Task WriteAsync(HttpContext context, ODataModel model, ODataRequest request)
    {
        ContentNegotiation.Metadata(context.Request, request.Options);
        var etag = new EntityTagHeaderValue(model.ETag);
        context.Response.Headers.ETag = model.ETag;
        context.Response.Headers.CacheControl = "private, no-cache";
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(etag, useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = "application/xml;charset=utf-8";
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.BodyWriter.WriteAsync(model.Csdl, context.RequestAborted);
    }
}
