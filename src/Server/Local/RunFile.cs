using System.Text.Json;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Server.Local;

/// <summary>
/// What a running server leaves in its data directory for the other verbs, readable by its owner alone: where it
/// listens, how its ClickHouse is reached, and a key that is good on this machine while it runs. A server that was killed
/// leaves it behind, so it holds only while the <see cref="RunLock"/> is held.
/// </summary>
internal sealed record RunFile(int ProcessId, string Url, string WriteKey, Dictionary<string, string?> ClickHouse)
{
    private const string Name = "run.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The server that runs on this data directory; null if none does, or it has not come so far.</summary>
    public static RunFile? Find(string dataDirectory)
    {
        if (!RunLock.IsHeld(dataDirectory)) return null;
        try
        {
            return JsonSerializer.Deserialize<RunFile>(File.ReadAllBytes(PathIn(dataDirectory)), Json);
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    public void Write(string dataDirectory) => DurableFile.Replace(PathIn(dataDirectory), this, Json, isPrivate: true);

    public static void Delete(string dataDirectory) => File.Delete(PathIn(dataDirectory));

    private static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, Name);
}
