using System.Text.Json;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Ingest.Outcomes;

/// <summary>Keeps counts that ClickHouse does not take for the next run of the server.</summary>
internal sealed class OutcomeFile(string dataDirectory, IDisk disk)
{
    // A count without its key could not be written, now or ever.
    private static readonly JsonSerializerOptions Strict = new() { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    private readonly string _path = Path.Combine(dataDirectory, "ingest-outcomes.json");

    /// <summary>The counts that wait; none if there is no file.</summary>
    /// <exception cref="JsonException">The file is damaged.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public List<OutcomeCount> Read() =>
        File.Exists(_path) ? JsonSerializer.Deserialize<List<OutcomeCount>>(File.ReadAllBytes(_path), Strict) ?? [] : [];

    /// <exception cref="IOException">The counts may not be safe on disk.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Write(IReadOnlyList<OutcomeCount> counts)
    {
        if (counts.Count > 0)
            DurableFile.Replace(disk, _path, counts);
        else
            File.Delete(_path);
    }
}
