using System.Data.Common;
using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Ingest.Writing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>
/// <c>POST /v1/costs</c>: what campaigns cost by day. Written to ClickHouse at once; the answer comes when it is there.
/// </summary>
internal sealed class CostEndpoint(
    IngestOptions options,
    WriteKeyCheck keys,
    CampaignCostTable table,
    IngestMetrics metrics,
    TimeProvider time,
    ILogger<CostEndpoint> logger)
{
    public async Task HandleAsync(HttpContext context)
    {
        var response = context.Response;
        var (source, isRefused) = keys.Headers(context);
        if (source is null)
        {
            var code = isRefused ? "invalid_key" : "missing_key";
            metrics.RequestRefused(code);
            await Answer.UnauthorizedAsync(
                response, code, "Give a valid write key: Authorization Basic or Bearer, or X-Api-Key.");
            return;
        }

        try
        {
            var body = new ByteBuffer();
            await RequestBody.ReadAsync(context.Request, options.MaxBatchBytes, body, context.RequestAborted);
            var costs = CampaignCosts.Read(body.WrittenMemory, source, options);
            if (costs.Rows.Count > 0)
                await table.InsertAsync(costs.Rows, time.GetUtcNow(), context.RequestAborted);
            await Answer.TakenAsync(response, new IngestReceipt(costs.Rows.Count, costs.Errors.Count, 0, costs.Errors));
        }
        catch (IngestFormatException e)
        {
            metrics.RequestRefused(e.Code);
            await Answer.MalformedAsync(response, e);
        }
        catch (DbException e)
        {
            metrics.RequestRefused("busy");
            Log.CostsNotTaken(logger, e);
            await Answer.BusyAsync(response, options.Spool.RetryAfter, "ClickHouse does not take the costs at the moment. Send again.");
        }
    }
}
