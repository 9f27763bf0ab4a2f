using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Reporting.OData.Answers;

/// <summary>The OData error format.</summary>
internal static class ErrorAnswer
{
    public static async Task WriteAsync(HttpContext context, ODataRequestException error)
    {
        var response = context.Response;
        response.StatusCode = error.Status;
        response.ContentType = "application/json;odata.metadata=minimal;charset=utf-8";
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        await using var json = new BufferedJson(response);
        var writer = json.Writer;
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteString("code", error.Code);
        writer.WriteString("message", error.Message);
        if (error.Target is not null)
            writer.WriteString("target", error.Target);
        writer.WriteEndObject();
        writer.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }
}
