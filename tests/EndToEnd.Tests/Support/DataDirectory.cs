namespace LifecycleMetrics.EndToEnd.Tests.Support;

/// <summary>A data directory that lives as long as the test.</summary>
internal sealed class DataDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("lm-e2e-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
