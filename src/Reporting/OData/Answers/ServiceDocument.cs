using LifecycleMetrics.Reporting.OData.Schema;
using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Reporting.OData.Answers;

/// <summary>The list of entity sets.</summary>
internal static class ServiceDocument
{
    public static async Task WriteAsync(HttpContext context, ODataModel model, JsonFormat format, string root)
    {
        await using var json = new BufferedJson(context.Response);
        var writer = json.Writer;
        writer.WriteStartObject();
        if (format.Metadata != MetadataLevel.None)
            writer.WriteString("@odata.context", root + "$metadata");
        writer.WriteStartArray("value");
        foreach (var set in model.Sets.Keys)
        {
            writer.WriteStartObject();
            writer.WriteString("name", set);
            writer.WriteString("kind", "EntitySet");
            writer.WriteString("url", set);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }
}
