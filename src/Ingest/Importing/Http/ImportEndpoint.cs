using LifecycleMetrics.Ingest.Importing.Resuming;
using LifecycleMetrics.Ingest.Receiving;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Ingest.Importing.Http;

/// <summary><c>POST /v1/import</c>: a file of any size, read as it comes, to be gone on with after whatever cut it off.</summary>
internal sealed class ImportEndpoint(
    IngestOptions options,
    Admission admission,
    ImportRequestReader requests,
    RunningImports running,
    ImportJobs jobs,
    IngestMetrics metrics,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<ImportEndpoint> logger)
{
    // For what is on its way when the server is told to stop, so that its position can still be written.
    private static readonly TimeSpan GraceAtStop = TimeSpan.FromSeconds(5);

    public async Task HandleAsync(HttpContext context)
    {
        if (await admission.RequireKeyAsync(context) is not { } key)
            return;
        var response = context.Response;
        try
        {
            await TakeAsync(context, key);
        }
        catch (IngestFormatException e)
        {
            await RefuseAsync(response, key, e);
        }
        catch (ImportConflictException e)
        {
            metrics.RequestRefused(e.Code, key.Id);
            await Answer.ErrorAsync(response, StatusCodes.Status409Conflict, e.Code, e.Message);
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested && e is IOException or OperationCanceledException)
        {
            Log.SenderGone(logger, e);
        }
        catch (BadHttpRequestException e)
        {
            await RefuseAsync(response, key, e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new("body_too_large", "The body is larger than Ingest:Import:MaxBodyBytes.", e)
                : new("invalid_body", "The body can't be read.", e));
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await BusyAsync(response, key, "stopping", "The server is stopping. Send the same file again under the same id.");
        }
        catch (IdleBodyException e)
        {
            await BusyAsync(response, key, "slow_body", $"{e.Message} Send the same file again under the same id.");
        }
        catch (IOException e)
        {
            Log.ImportNotSaved(logger, e);
            await BusyAsync(response, key, "busy", "The server can't write at the moment. Send the same file again under the same id.");
        }
    }

    private async Task TakeAsync(HttpContext context, WriteKey key)
    {
        if (admission.IsForeignPage(context, key, out var refusal))
        {
            await refusal;
            return;
        }

        LiftLimits(context);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var request = await requests.ReadAsync(context.Request, key, reading.Token);
        if (!running.TryBegin(request.Sender.KeyId, request.Id, out var import))
        {
            await BusyAsync(context.Response, key, "busy", "Too many imports run at the moment (Ingest:Import:MaxConcurrent). Send again.");
            return;
        }

        using var sending = new CancellationTokenSource();
        await using var stop = lifetime.ApplicationStopping.Register(() => sending.CancelAfter(GraceAtStop));
        using (import)
            await ImportAnswer.WriteAsync(context.Response, await jobs.RunAsync(request, import, reading.Token, sending.Token));
    }

    // The file is not kept in memory, and may come as slowly as its sender makes it, as long as it comes.
    private void LiftLimits(HttpContext context)
    {
        context.Request.Body = new IdleTimeoutStream(context.Request.Body, options.Import.IdleTimeout, time);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = options.Import.MaxBodyBytes;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }

    private Task RefuseAsync(HttpResponse response, WriteKey key, IngestFormatException fault)
    {
        metrics.RequestRefused(fault.Code, key.Id);
        return Answer.MalformedAsync(response, fault);
    }

    private Task BusyAsync(HttpResponse response, WriteKey key, string code, string message)
    {
        metrics.RequestRefused(code, key.Id);
        return Answer.BusyAsync(response, options.Spool.RetryAfter, message);
    }
}
