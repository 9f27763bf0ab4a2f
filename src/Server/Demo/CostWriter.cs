using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace LifecycleMetrics.Server.Demo;

/// <summary>Writes campaign costs as bodies of <c>POST /v1/costs</c>.</summary>
internal static class CostWriter
{
    private const int MostRows = 1_000;

    public static IEnumerable<ReadOnlyMemory<byte>> Bodies(IEnumerable<CampaignCost> costs) =>
        costs.Chunk(MostRows).Select(Body);

    private static ReadOnlyMemory<byte> Body(CampaignCost[] costs)
    {
        var body = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteStartArray("costs"u8);
        foreach (var cost in costs)
        {
            json.WriteStartObject();
            json.WriteString("date"u8, cost.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteString("source"u8, "ads"u8);
            json.WriteString("channel"u8, cost.Campaign.Channel.Name);
            json.WriteString("campaign"u8, cost.Campaign.Name);
            json.WriteNumber("cost"u8, cost.CostMinor / 100m);
            json.WriteString("currency"u8, Catalogue.Currency);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }
}
