using System.Text.Json;
using LifecycleMetrics.Ingest.Importing.Resuming;
using LifecycleMetrics.Ingest.Receiving;
using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Ingest.Importing.Http;

/// <summary>Where an import stands, as JSON.</summary>
internal static class ImportAnswer
{
    public static Task WriteAsync(HttpResponse response, ImportState state) => Answer.WriteAsync(response, 200, writer =>
    {
        writer.WriteBoolean("success"u8, state.Status is not ImportStatus.Failed);
        writer.WriteString("id"u8, state.Id);
        writer.WriteString("state"u8, JsonNamingPolicy.CamelCase.ConvertName(state.Status.ToString()));
        writer.WriteString("source"u8, state.Source);
        writer.WriteString("format"u8, JsonNamingPolicy.CamelCase.ConvertName(state.Format.ToString()));
        writer.WriteNumber("lines"u8, state.Lines);
        writer.WriteNumber("events"u8, state.Events);
        writer.WriteNumber("accepted"u8, state.Accepted);
        writer.WriteNumber("rejected"u8, state.RejectedByReason.Values.Sum());
        writer.WriteNumber("duplicates"u8, state.Duplicates);
        WriteReasons(writer, state);
        if (state.ErrorCode.Length > 0)
            WriteError(writer, state);
        writer.WriteString("startedAt"u8, state.StartedAt);
        writer.WriteString("changedAt"u8, state.ChangedAt);
    });

    private static void WriteReasons(Utf8JsonWriter writer, ImportState state)
    {
        writer.WriteStartObject("reasons"u8);
        foreach (var (reason, count) in state.RejectedByReason)
            writer.WriteNumber(reason, count);
        writer.WriteEndObject();
        if (state.RejectedByReason.Count > 0)
            writer.WriteString("rejects"u8, $"/v1/import/{state.Id}/rejects");
    }

    private static void WriteError(Utf8JsonWriter writer, ImportState state)
    {
        writer.WriteStartObject("error"u8);
        writer.WriteString("code"u8, state.ErrorCode);
        writer.WriteString("message"u8, state.ErrorMessage);
        writer.WriteEndObject();
    }
}
