using System.Text.Json;
using LifecycleMetrics.Ingest.Receiving;
using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Ingest.DeadLettering;

/// <summary>
/// <c>POST /v1/deadletters/replay</c>, for the verb beside a running server: with a trusted key, from this machine.
/// </summary>
internal sealed class ReplayEndpoint(WriteKeyCheck keys, DeadLetterReplay replay)
{
    public async Task HandleAsync(HttpContext context)
    {
        var (key, isRefused) = keys.Headers(context);
        if (key is not { Source.Trusted: true } || !context.Connection.IsFromThisMachine())
        {
            await Answer.UnauthorizedAsync(
                context.Response, isRefused || key is not null ? "invalid_key" : "missing_key", "Replays take a trusted key, from the server's machine.");
            return;
        }

        ReplayRequest? request;
        try
        {
            request = await context.Request.ReadFromJsonAsync<ReplayRequest>(JsonSerializerOptions.Web, context.RequestAborted);
        }
        catch (JsonException e)
        {
            await Answer.MalformedAsync(context.Response, new("invalid_json", "The filter is no JSON.", e));
            return;
        }

        request ??= new(new(), false);
        var summary = await replay.RunAsync(request.Filter, request.Again, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(summary, JsonSerializerOptions.Web, context.RequestAborted);
    }
}
