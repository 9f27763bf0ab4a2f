using System.Runtime.CompilerServices;
using LifecycleMetrics.Ingest.Limits;
using LifecycleMetrics.Ingest.Outcomes;
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
    Admission admission,
    ReadingRoom room,
    OutcomeCounts outcomes,
    IngestMetrics metrics,
    IHostApplicationLifetime lifetime,
    ILogger<IngestEndpoint> logger)
{
    private const string UnknownKey = "The write key is unknown or may not be used from here.";

    /// <param name="context">The request.</param>
    /// <param name="type">The call of a single-event path; <see cref="EventType.Unknown"/> for a batch.</param>
    public async Task HandleAsync(HttpContext context, EventType type)
    {
        var response = context.Response;
        var (key, isRefused) = keys.Headers(context);
        if (isRefused)
        {
            await admission.RefuseKeyAsync(context, "invalid_key", UnknownKey);
            return;
        }

        try
        {
            await TakeAsync(context, type, key);
        }
        catch (IngestFormatException e)
        {
            metrics.RequestRefused(e.Code, key?.Id);
            await Answer.MalformedAsync(response, e);
        }
        catch (BadHttpRequestException e) when (!context.RequestAborted.IsCancellationRequested)
        {
            // A body that came too slowly. Not 408: SDKs drop the events on it.
            metrics.RequestRefused("slow_body", key?.Id);
            Log.BodyNotRead(logger, e);
            await Answer.BusyAsync(response, options.Spool.RetryAfter, "The body was not received in time. Send it again.");
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The sender has gone; nobody hears an answer. What was committed stays, and a resend finds it.
            Log.SenderGone(logger, e);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask TakeAsync(HttpContext context, EventType type, WriteKey? key)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            metrics.RequestRefused("stopping", key?.Id);
            await Answer.BusyAsync(context.Response, options.Spool.RetryAfter, "The server is stopping. Send again.");
            return;
        }

        var paid = 0d;
        if (key is not null && admission.IsHindered(context, key, out paid, out var refusal))
        {
            await refusal;
            return;
        }

        var isKnown = key is not null;
        var reserved = room.TryEnter(context.Request, isKnown);
        if (reserved == 0)
        {
            await RefuseBusyAsync(context.Response, key, "The server reads as much as it can at the moment. Send again.");
            return;
        }

        try
        {
            await ReadAsync(context, type, key, paid);
        }
        finally
        {
            room.Leave(reserved, isKnown);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask ReadAsync(HttpContext context, EventType type, WriteKey? key, double paid)
    {
        var workspace = pipeline.Rent();
        await RequestBody.ReadAsync(context.Request, options.MaxBatchBytes, workspace.Body, context.RequestAborted);
        workspace.Read(isBatch: type == EventType.Unknown);
        if (key is null && (key = BodyKey(context, workspace, out paid, out var refusal)) is null)
        {
            await refusal;
            pipeline.Return(workspace);
            return;
        }

        if (await pipeline.CommitAsync(workspace, type, key.Source, context.Connection.RemoteIpAddress) is { } receipt)
        {
            outcomes.Add(key.Source, receipt);
            key.Rate?.Charge(receipt.Accepted + receipt.Rejected + receipt.Duplicates, paid);
            await Answer.TakenAsync(context.Response, receipt);
        }
        else
        {
            await RefuseBusyAsync(context.Response, key, "The server has no room at the moment. Send again.");
        }

        pipeline.Return(workspace);
    }

    /// <summary>The key that the body names, if it may be used now; otherwise the request is being answered.</summary>
    private WriteKey? BodyKey(HttpContext context, IngestWorkspace workspace, out double paid, out Task refusal)
    {
        paid = 0;
        if (workspace.WriteKey is not { } text)
        {
            refusal = admission.RefuseKeyAsync(
                context,
                "missing_key",
                "Give a write key: Authorization Basic or Bearer, X-Api-Key, or \"writeKey\" in the body.");
            return null;
        }

        if (keys.Body(context, text) is { } key)
            return admission.IsHindered(context, key, out paid, out refusal) ? null : key;
        refusal = admission.RefuseKeyAsync(context, "invalid_key", UnknownKey);
        return null;
    }

    private Task RefuseBusyAsync(HttpResponse response, WriteKey? key, string message)
    {
        metrics.RequestRefused("busy", key?.Id);
        return Answer.BusyAsync(response, options.Spool.RetryAfter, message);
    }
}
