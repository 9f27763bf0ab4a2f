using LifecycleMetrics.Ingest.Limits;
using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>Says whether a request may use its key now; if it may not, it is being answered.</summary>
internal sealed class Admission(WriteKeyCheck keys, IngestMetrics metrics)
{
    /// <summary>The key in the headers; null if there is none that may send, which has been answered then.</summary>
    public async Task<WriteKey?> RequireKeyAsync(HttpContext context)
    {
        var (key, isRefused) = keys.Headers(context);
        if (key is null)
        {
            await RefuseKeyAsync(
                context,
                isRefused ? "invalid_key" : "missing_key",
                "Give a valid write key: Authorization Basic or Bearer, or X-Api-Key.");
        }

        return key;
    }

    /// <summary>Answers a request without a key that may send.</summary>
    public Task RefuseKeyAsync(HttpContext context, string code, string message)
    {
        metrics.RequestRefused(code, keyId: null);
        return Answer.UnauthorizedAsync(context.Response, code, message);
    }

    /// <summary>Whether the request comes from a page that may not use the key.</summary>
    public bool IsForeignPage(HttpContext context, WriteKey key, out Task refusal)
    {
        refusal = Task.CompletedTask;
        if (key.Origins.Allow(context.Request))
            return false;
        metrics.RequestRefused("origin_not_allowed", key.Id);
        refusal = Answer.ForbiddenAsync(
            context.Response,
            "origin_not_allowed",
            "Pages of this origin may not use the write key. Add the origin to the key's AllowedOrigins.");
        return true;
    }

    /// <summary>Whether the request may not use the key at all, or not now.</summary>
    /// <param name="context">The request.</param>
    /// <param name="key">Its key.</param>
    /// <param name="paid">What it has paid; to be given to <see cref="EventRate.Charge"/>.</param>
    /// <param name="refusal">The answer.</param>
    public bool IsHindered(HttpContext context, WriteKey key, out double paid, out Task refusal)
    {
        paid = 0;
        if (IsForeignPage(context, key, out refusal))
            return true;
        if (key.Rate is null || key.Rate.TryEnter(out paid, out var retryAfter))
            return false;
        metrics.RequestRefused("rate_limited", key.Id);
        refusal = Answer.BusyAsync(
            context.Response, retryAfter, "The write key sends more than its MaxEventsPerSecond. Send again later.", "rate_limited");
        return true;
    }
}
