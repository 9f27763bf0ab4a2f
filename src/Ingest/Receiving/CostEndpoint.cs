using System.Data.Common;
using LifecycleMetrics.Ingest.Limits;
using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Writing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>
/// <c>POST /v1/costs</c>: what campaigns cost by day, as JSON or CSV. Written to ClickHouse at once; the answer comes when it is there.
/// </summary>
internal sealed class CostEndpoint(
    IngestOptions options,
    Admission admission,
    ReadingRoom room,
    CampaignCostTable table,
    IngestMetrics metrics,
    TimeProvider time,
    ILogger<CostEndpoint> logger)
{
    public async Task HandleAsync(HttpContext context)
    {
        var response = context.Response;
        if (await admission.RequireKeyAsync(context) is not { } key)
            return;
        if (admission.IsHindered(context, key, out var paid, out var refusal))
        {
            await refusal;
            return;
        }

        var reserved = room.TryEnter(context.Request, isKnown: true);
        if (reserved == 0)
        {
            metrics.RequestRefused("busy", key.Id);
            await Answer.BusyAsync(response, options.Spool.RetryAfter, "The server reads as much as it can at the moment. Send again.");
            return;
        }

        try
        {
            await TakeAsync(context, key, paid);
        }
        catch (IngestFormatException e)
        {
            metrics.RequestRefused(e.Code, key.Id);
            await Answer.MalformedAsync(response, e);
        }
        catch (DbException e)
        {
            metrics.RequestRefused("busy", key.Id);
            Log.CostsNotTaken(logger, e);
            await Answer.BusyAsync(response, options.Spool.RetryAfter, "ClickHouse does not take the costs at the moment. Send again.");
        }
        catch (BadHttpRequestException e) when (!context.RequestAborted.IsCancellationRequested)
        {
            metrics.RequestRefused("slow_body", key.Id);
            Log.BodyNotRead(logger, e);
            await Answer.BusyAsync(response, options.Spool.RetryAfter, "The body was not received in time. Send it again.");
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            Log.SenderGone(logger, e);
        }
        finally
        {
            room.Leave(reserved, isKnown: true);
        }
    }

    private async Task TakeAsync(HttpContext context, WriteKey key, double paid)
    {
        var body = new ByteBuffer();
        await RequestBody.ReadAsync(context.Request, options.MaxBatchBytes, body, context.RequestAborted);
        var costs = new CampaignCosts(key.Source, options);
        if (IsCsv(context.Request))
            CostCsv.Read(body.Written, costs);
        else
            CostJson.Read(body, costs);
        if (costs.Rows.Count > 0)
            await table.InsertAsync(costs.Rows, time.GetUtcNow(), context.RequestAborted);
        key.Rate?.Charge(costs.Rows.Count + costs.Errors.Count, paid);
        await Answer.TakenAsync(context.Response, new IngestReceipt(costs.Rows.Count, costs.Errors.Count, 0, costs.Errors));
    }

    private static bool IsCsv(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase);
}
