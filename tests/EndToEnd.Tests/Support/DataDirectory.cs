namespace LifecycleMetrics.EndToEnd.Tests.Support;

/// <summary>A data directory that lives as long as the test.</summary>
internal sealed class DataDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("lm-e2e-").FullName;

    /// <summary>With an engine that has the schema, for tests that are not about a first start.</summary>
    public static async Task<DataDirectory> PreparedAsync()
    {
        var data = new DataDirectory();
        await data.PrepareAsync();
        return data;
    }

    /// <summary>Puts an engine that has the schema into it.</summary>
    public Task PrepareAsync() => PreparedEngine.CopyToAsync(System.IO.Path.Combine(Path, "engine"));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
