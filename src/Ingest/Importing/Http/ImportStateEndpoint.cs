using LifecycleMetrics.Ingest.Importing.Resuming;
using LifecycleMetrics.Ingest.Receiving;
using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Ingest.Importing.Http;

/// <summary><c>GET /v1/import/{id}</c> and <c>/rejects</c>: how far an import is, and what was refused. For the key that sent it.</summary>
internal sealed class ImportStateEndpoint(Admission admission, ImportStore store, RunningImports running)
{
    public Task StateAsync(HttpContext context, string id) => WithStateAsync(context, id, state => ImportAnswer.WriteAsync(context.Response, state));

    public Task RejectsAsync(HttpContext context, string id) => WithStateAsync(context, id, state =>
    {
        var path = store.RejectsPath(state.KeyId, state.Id);
        return File.Exists(path)
            ? SendAsync(context, path)
            : Answer.ErrorAsync(context.Response, StatusCodes.Status404NotFound, "no_rejects", "No line of this import was refused so far.");
    });

    private static async Task SendAsync(HttpContext context, string path)
    {
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"rejects.csv\"";
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private async Task WithStateAsync(HttpContext context, string id, Func<ImportState, Task> answer)
    {
        if (await admission.RequireKeyAsync(context) is not { } key)
            return;

        var live = running.Find(key.Id, id)?.Latest;
        if (live is null && store.Find(key.Id, id) is { } kept)
        {
            // A server that was killed could not say so.
            live = kept.Status == ImportStatus.Running ? kept with { Status = ImportStatus.Interrupted } : kept;
        }

        await (live is not null
            ? answer(live)
            : Answer.ErrorAsync(context.Response, StatusCodes.Status404NotFound, "unknown_import", "There is no import of this id with this key."));
    }
}
