namespace LifecycleMetrics.Server.Configuration;

/// <summary>Settings that follow from the data directory.</summary>
internal static class DataSettings
{
    public static Dictionary<string, string?> For(string dataDirectory) => new()
    {
        ["Ingest:DataDirectory"] = dataDirectory,
        ["Email:DropDirectory"] = Path.Combine(dataDirectory, "mail-drop"),
    };
}
