using LifecycleMetrics.Reporting.OData.Querying;
using LifecycleMetrics.Reporting.OData.Schema;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.OData.Answers;

/// <summary>One entity, one property of it, its raw value, or a number of entities.</summary>
internal sealed class EntityAnswer(QueryRunner queries, IOptions<ODataOptions> options, TimeProvider time)
{
    public async Task WriteCountAsync(HttpContext context, ODataRequest request)
    {
        ContentNegotiation.Text(context.Request);
        context.Response.ContentType = "text/plain;charset=utf-8";
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        var count = await queries.ExecuteCountAsync(QueryBuilder.Count(request, time.GetUtcNow()), context.RequestAborted);
        await context.Response.WriteAsync(count.ToString(System.Globalization.CultureInfo.InvariantCulture), context.RequestAborted);
    }

    public async Task WriteEntityAsync(HttpContext context, ODataRequest request)
    {
        var format = ContentNegotiation.Rows(context.Request, request.Options);
        IReadOnlyList<PublishedProperty> shown = request.Select ?? request.Set!.Properties;
        await using var rows = await queries.ExecuteAsync(QueryBuilder.Entity(request, shown), context.RequestAborted);
        if (!await rows.ReadAsync(context.RequestAborted))
            throw NoEntity(request);
        context.Response.ContentType = format.ContentType;
        await using var body = new BufferedJson(context.Response);
        body.Writer.WriteStartObject();
        if (format.Metadata != MetadataLevel.None)
            body.Writer.WriteString("@odata.context", ContextUrl.OfEntity(Root(context), request));
        for (var i = 0; i < shown.Count; i++)
            new CellWriter(shown[i], i, format.Ieee754Compatible).WriteProperty(body.Writer, rows);
        body.Writer.WriteEndObject();
        await body.FlushAsync(context.RequestAborted);
    }

    public async Task WritePropertyAsync(HttpContext context, ODataRequest request)
    {
        var format = ContentNegotiation.Rows(context.Request, request.Options);
        await using var rows = await queries.ExecuteAsync(QueryBuilder.Entity(request, [request.Property!]), context.RequestAborted);
        if (!await rows.ReadAsync(context.RequestAborted))
            throw NoEntity(request);
        if (request.Property!.Type.IsNullable && rows.IsNull(0))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        context.Response.ContentType = format.ContentType;
        await using var body = new BufferedJson(context.Response);
        body.Writer.WriteStartObject();
        if (format.Metadata != MetadataLevel.None)
            body.Writer.WriteString("@odata.context", ContextUrl.OfProperty(Root(context), request));
        body.Writer.WritePropertyName("value");
        new CellWriter(request.Property, 0, format.Ieee754Compatible).WriteValue(body.Writer, rows);
        body.Writer.WriteEndObject();
        await body.FlushAsync(context.RequestAborted);
    }

    public async Task WriteRawAsync(HttpContext context, ODataRequest request)
    {
        ContentNegotiation.Text(context.Request);
        await using var rows = await queries.ExecuteAsync(QueryBuilder.Entity(request, [request.Property!]), context.RequestAborted);
        if (!await rows.ReadAsync(context.RequestAborted))
            throw NoEntity(request);
        var text = new CellWriter(request.Property!, 0, ieee754Compatible: false).RawText(rows);
        if (text is null)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        context.Response.ContentType = "text/plain;charset=utf-8";
        await context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static ODataRequestException NoEntity(ODataRequest request) =>
        ODataRequestException.NotFound($"{request.Set!.Name} has no entity with the key {Uri.UnescapeDataString(request.KeyText)}.");

    private string Root(HttpContext context) => ServiceRoot.Of(context.Request, options.Value);
}
