using System.Diagnostics;
using System.Text.Json;

namespace LifecycleMetrics.Server.Local;

/// <summary>
/// What a running server leaves in its data directory for the other verbs, readable by its owner alone: where it
/// listens, how its ClickHouse is reached, and a key that is good on this machine while it runs.
/// </summary>
internal sealed record RunFile(int ProcessId, string Url, string WriteKey, Dictionary<string, string?> ClickHouse)
{
    private const string Name = "run.json";

    /// <summary>The server that runs on this data directory; null if none does.</summary>
    public static RunFile? Find(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, Name);
        if (!File.Exists(path)) return null;
        var file = JsonSerializer.Deserialize<RunFile>(File.ReadAllText(path));
        return file is not null && IsAlive(file.ProcessId) ? file : null;
    }

    public void Write(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, Name);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.Delete(path); // a file that is there keeps its mode
        using var stream = new FileStream(path, options);
        JsonSerializer.Serialize(stream, this);
    }

    public static void Delete(string dataDirectory) => File.Delete(Path.Combine(dataDirectory, Name));

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false; // There is no such process.
        }
    }
}
