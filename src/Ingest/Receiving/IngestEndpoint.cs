using LifecycleMetrics.Ingest.Validation;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary><c>POST /v1/track</c> and its siblings.</summary>
internal sealed class IngestEndpoint(
    IngestOptions options,
    IngestPipeline pipeline,
    WriteKeyCheck keys,
    IngestMetrics metrics,
    IHostApplicationLifetime lifetime,
    ILogger<IngestEndpoint> logger)
{
    /// <param name="context">The request.</param>
    /// <param name="type">The call of a single-event path; <see cref="EventType.Unknown"/> for a batch.</param>
    public async Task HandleAsync(HttpContext context, EventType type)
    {
        var response = context.Response;
        try
        {
            await TakeAsync(context, type);
        }
        catch (IngestFormatException e)
        {
            metrics.RequestRefused(e.Code);
            await Answer.MalformedAsync(response, e);
        }
        catch (BadHttpRequestException e) when (!context.RequestAborted.IsCancellationRequested)
        {
            // A body that came too slowly. Not 408: SDKs drop the events on it.
            metrics.RequestRefused("slow_body");
            Log.BodyNotRead(logger, e);
            await Answer.BusyAsync(response, options.Spool.RetryAfter, "The body was not received in time. Send it again.");
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The sender has gone; nobody hears an answer. What was committed stays, and a resend finds it.
            Log.SenderGone(logger, e);
        }
    }

    private async Task TakeAsync(HttpContext context, EventType type)
    {
        var (source, isRefused) = keys.Headers(context);
        if (isRefused)
        {
            await RefuseKeyAsync(context.Response, "invalid_key", "The write key is unknown or may not be used from here.");
            return;
        }

        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            metrics.RequestRefused("stopping");
            await Answer.BusyAsync(context.Response, options.Spool.RetryAfter, "The server is stopping. Send again.");
            return;
        }

        var workspace = pipeline.Rent();
        await RequestBody.ReadAsync(context.Request, options.MaxBatchBytes, workspace.Body, context.RequestAborted);
        workspace.Read(isBatch: type == EventType.Unknown);
        if (source is null && (workspace.WriteKey is not { } key || (source = keys.Body(context, key)) is null))
        {
            await (workspace.WriteKey is null
                ? RefuseKeyAsync(
                    context.Response,
                    "missing_key",
                    "Give a write key: Authorization Basic or Bearer, X-Api-Key, or \"writeKey\" in the body.")
                : RefuseKeyAsync(context.Response, "invalid_key", "The write key is unknown or may not be used from here."));
            return;
        }

        if (await pipeline.CommitAsync(workspace, type, source) is { } receipt)
        {
            await Answer.TakenAsync(context.Response, receipt);
        }
        else
        {
            metrics.RequestRefused("busy");
            await Answer.BusyAsync(context.Response, options.Spool.RetryAfter, "The server has no room at the moment. Send again.");
        }

        pipeline.Return(workspace);
    }

    private Task RefuseKeyAsync(HttpResponse response, string code, string message)
    {
        metrics.RequestRefused(code);
        return Answer.UnauthorizedAsync(response, code, message);
    }
}
