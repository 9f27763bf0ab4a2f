namespace LifecycleMetrics.Ingest.Tests.Support;

/// <summary>A directory of its own for a test, gone afterwards.</summary>
internal sealed class TempDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ingest-test-").FullName;

    public string Spool => System.IO.Path.Combine(Path, "spool");

    public string DeadLetters => System.IO.Path.Combine(Path, "dead-letters");

    public IReadOnlyList<System.Text.Json.JsonElement> ReadDeadLetters() =>
        !Directory.Exists(DeadLetters)
            ? []
            : [.. Directory.GetFiles(DeadLetters).SelectMany(File.ReadAllLines)
                .Select(line => System.Text.Json.JsonDocument.Parse(line, new System.Text.Json.JsonDocumentOptions { MaxDepth = 1_001 }).RootElement)];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
