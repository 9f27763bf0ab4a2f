using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Importing.Resuming;

/// <summary>Keeps the state of each import, and its rejects, in files of their own. Nothing deletes them but the operator.</summary>
internal sealed class ImportStore(string directory, IDisk disk)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The state last written; null if there is none.</summary>
    public ImportState? Find(string keyId, string id)
    {
        var path = StatePath(keyId, id);
        return File.Exists(path) ? JsonSerializer.Deserialize<ImportState>(File.ReadAllBytes(path), Json) : null;
    }

    /// <summary>Writes the state over the one before; it is safe on disk on return, and whole at any time.</summary>
    /// <exception cref="IOException">It may not be safe.</exception>
    public void Save(ImportState state) => DurableFile.Replace(disk, StatePath(state.KeyId, state.Id), state, Json);

    public string RejectsPath(string keyId, string id) => Path.Combine(directory, Name(keyId, id) + ".rejects.csv");

    private string StatePath(string keyId, string id) => Path.Combine(directory, Name(keyId, id) + ".json");

    // A hash, as key ids may hold what file names may not, and as file names may not tell letter case apart.
    private static string Name(string keyId, string id) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{keyId}\n{id}")).AsSpan(0, 16));
}
