using System.Text.Json;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>Files of JSON that are replaced as a whole: whenever one is read, after whatever crash, it is the one before or the new one.</summary>
public static class DurableFile
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file, which is safe on disk on return; its directory is made if there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="json">How it is written; null for the defaults.</param>
    /// <param name="isPrivate">True to let no one but the owner read it, from the moment it exists.</param>
    /// <exception cref="IOException">It may not be safe.</exception>
    public static void Replace<T>(string path, T content, JsonSerializerOptions? json = null, bool isPrivate = false) =>
        Replace(new Disk(), path, content, json, isPrivate);

    internal static void Replace<T>(IDisk disk, string path, T content, JsonSerializerOptions? json = null, bool isPrivate = false)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(directory);
        var draft = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (isPrivate && !OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerAlone;
        File.Delete(draft); // a file that is there keeps its mode
        using (var file = new FileStream(draft, options))
        {
            JsonSerializer.Serialize(file, content, json);
            file.Flush();
            disk.SyncData(file.SafeFileHandle);
        }

        File.Move(draft, path, overwrite: true);
        disk.SyncDirectory(directory);
    }
}
