using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>The answers of the ingest endpoints.</summary>
internal static class Answer
{
    private const string Json = "application/json";

    /// <summary>200 with counts, and a line per refused event.</summary>
    public static Task TakenAsync(HttpResponse response, IngestReceipt receipt)
    {
        if (receipt.Errors.Count > 0)
            return TakenInPartAsync(response, receipt);
        WriteCounts(response, receipt);
        return Task.CompletedTask;
    }

    // The usual answer: small, and sent when the request ends.
    private static void WriteCounts(HttpResponse response, IngestReceipt receipt)
    {
        var to = response.BodyWriter.GetSpan(128);
        Utf8.TryWrite(
            to,
            CultureInfo.InvariantCulture,
            $$"""{"success":true,"accepted":{{receipt.Accepted}},"rejected":{{receipt.Rejected}},"duplicates":{{receipt.Duplicates}},"errors":[]}""",
            out var length);
        response.ContentType = Json;
        response.ContentLength = length;
        response.BodyWriter.Advance(length);
    }

    private static Task TakenInPartAsync(HttpResponse response, IngestReceipt receipt) => WriteAsync(response, 200, writer =>
    {
        writer.WriteBoolean("success"u8, true);
        writer.WriteNumber("accepted"u8, receipt.Accepted);
        writer.WriteNumber("rejected"u8, receipt.Rejected);
        writer.WriteNumber("duplicates"u8, receipt.Duplicates);
        writer.WriteStartArray("errors"u8);
        foreach (var error in receipt.Errors)
        {
            writer.WriteStartObject();
            writer.WriteNumber("index"u8, error.Index);
            if (error.Line is { } line)
                writer.WriteNumber("line"u8, line);
            writer.WriteString("reason"u8, error.Reason);
            writer.WriteString("message"u8, error.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>400: the request as a whole can't be used; sending it again would not help.</summary>
    public static Task MalformedAsync(HttpResponse response, IngestFormatException e) =>
        ErrorAsync(response, 400, e.Code, e.Message);

    /// <summary>401: no key, or not one that may send.</summary>
    public static Task UnauthorizedAsync(HttpResponse response, string code, string message)
    {
        response.Headers.WWWAuthenticate = "Bearer";
        return ErrorAsync(response, 401, code, message);
    }

    /// <summary>403: the key may send, but not from pages of that origin.</summary>
    public static Task ForbiddenAsync(HttpResponse response, string code, string message) => ErrorAsync(response, 403, code, message);

    /// <summary>
    /// 429 with whole seconds in Retry-After: the only answer to a passing lack of room that every SDK waits for and
    /// repeats after.
    /// </summary>
    public static Task BusyAsync(HttpResponse response, TimeSpan retryAfter, string message, string code = "busy")
    {
        var seconds = (long)Math.Max(1, Math.Ceiling(retryAfter.TotalSeconds));
        response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return ErrorAsync(response, 429, code, message);
    }

    /// <summary>An error with its code.</summary>
    public static Task ErrorAsync(HttpResponse response, int status, string code, string message) =>
        WriteAsync(response, status, writer =>
        {
            writer.WriteBoolean("success"u8, false);
            writer.WriteStartObject("error"u8);
            writer.WriteString("code"u8, code);
            writer.WriteString("message"u8, message);
            writer.WriteEndObject();
        });

    /// <summary>A JSON object.</summary>
    public static async Task WriteAsync(HttpResponse response, int status, Action<Utf8JsonWriter> members)
    {
        response.StatusCode = status;
        response.ContentType = Json;
        await using (var writer = new Utf8JsonWriter(response.BodyWriter))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted);
    }
}
