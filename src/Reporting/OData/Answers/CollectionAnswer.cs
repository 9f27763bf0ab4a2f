using System.Globalization;
using ClickHouse.Data;
using LifecycleMetrics.Reporting.OData.Paging;
using LifecycleMetrics.Reporting.OData.Querying;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.OData.Answers;

/// <summary>One page of an entity set, streamed.</summary>
internal sealed class CollectionAnswer(
    QueryRunner queries, PageTokens tokens, IOptions<ODataOptions> options, TimeProvider time, ILogger<CollectionAnswer> logger)
{
    public async Task WriteAsync(HttpContext context, ODataRequest request)
    {
        var format = ContentNegotiation.Rows(context.Request, request.Options);
        var (pageSize, applied) = PageSizePreference.Of(context.Request, options.Value);
        var token = request.Options["$skiptoken"] is { } text ? tokens.Read(request, text) : null;
        var now = time.GetUtcNow();
        var page = QueryBuilder.Page(request, pageSize, token, now);
        context.Response.ContentType = format.ContentType;
        if (applied)
            context.Response.Headers["Preference-Applied"] = $"odata.maxpagesize={pageSize.ToString(CultureInfo.InvariantCulture)}";
        if (HttpMethods.IsHead(context.Request.Method))
            return;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var counting = request.Count && token?.Count is null
            ? queries.ExecuteCountAsync(QueryBuilder.Count(request, now), stop.Token)
            : Task.FromResult(token?.Count ?? 0);
        try
        {
            await using var rows = await queries.ExecuteAsync(page.Query, context.RequestAborted);
            await WriteAsync(context, request, page, token, rows, format, request.Count ? await counting : null);
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)counting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WriteAsync(
        HttpContext context, ODataRequest request, PageQuery page, PageToken? token, ClickHouseRows rows, JsonFormat format, long? count)
    {
        var root = ServiceRoot.Of(context.Request, options.Value);
        var cells = page.Shown.Select((property, ordinal) => new CellWriter(property, ordinal, format.Ieee754Compatible)).ToArray();
        await using var body = new BufferedJson(context.Response);
        var json = body.Writer;
        json.WriteStartObject();
        if (format.Metadata != MetadataLevel.None)
            json.WriteString("@odata.context", ContextUrl.OfSet(root, request));
        if (count is { } total)
        {
            if (format.Ieee754Compatible)
                json.WriteString("@odata.count", total.ToString(CultureInfo.InvariantCulture));
            else
                json.WriteNumber("@odata.count", total);
        }

        json.WriteStartArray("value");
        long written = 0;
        string? next = null;
        string?[] last = [];
        try
        {
            while (await rows.ReadAsync(context.RequestAborted))
            {
                if (written == page.Rows)
                {
                    next = tokens.Write(request, new PageToken((token?.Delivered ?? 0) + written, count, last));
                    break;
                }

                json.WriteStartObject();
                foreach (var cell in cells)
                    cell.WriteProperty(json, rows);
                json.WriteEndObject();
                written++;
                if (written == page.Rows)
                    last = [.. page.SortOrdinals.Select(ordinal => SortValues.Text(rows.GetValue(ordinal)))];
                await body.FlushFullAsync(context.RequestAborted);
            }
        }
        catch (ClickHouseException exception) when (context.Response.HasStarted)
        {
            logger.AnswerCut(rows.QueryId, written, exception);
            context.Abort();
            return;
        }

        json.WriteEndArray();
        if (next is not null)
            json.WriteString("@odata.nextLink", ServiceRoot.NextLink(context.Request, root, request.Set!.Name, next));
        json.WriteEndObject();
        await body.FlushAsync(context.RequestAborted);
        logger.Answered(written, request.Set!.Name);
    }
}
