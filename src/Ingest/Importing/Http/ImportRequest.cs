using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LifecycleMetrics.Ingest.Limits;

namespace LifecycleMetrics.Ingest.Importing.Http;

/// <summary>An import as it was asked for.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Sender">Key and source name.</param>
/// <param name="Rate">Events a second the key may send; null if it has no bound.</param>
/// <param name="Format">What its lines are.</param>
/// <param name="Map">How to read orders; null for the other formats.</param>
/// <param name="MapText">The map as it was written; empty if there is none.</param>
/// <param name="FileName">What the lines are named after in the rejects.</param>
/// <param name="Content">The file.</param>
internal sealed record ImportRequest(
    string Id, IngestSource Sender, EventRate? Rate, ImportFormat Format, ImportMap? Map, string MapText, string FileName, Stream Content)
{
    /// <summary>Hash of what decides which events come of a text, and in which order.</summary>
    public string Plan(ImportOptions options)
    {
        var openOrders = Map is { LineIsOrder: false } ? options.MaxOpenOrders : 0;
        var text = string.Create(CultureInfo.InvariantCulture, $"{Format}\n{Sender.Source}\n{openOrders}\n{MapText}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
