namespace ClickHouse.Embedded.Tests.Support;

internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("lm-engine-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
