using LifecycleMetrics.Server.Verbs;

namespace LifecycleMetrics.Server.Local;

/// <summary>
/// Held by a server for its life, and given up when its process ends, however it ends. The number of a process says less:
/// after a reboot another process has it, and in a container the next server itself.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private const string Name = "run.lock";
    private const int Attempts = 20;

    // EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION of Windows: the runtime has no type of its own for them.
    private static readonly int[] HeldCodes = [11, 35, unchecked((int)0x80070020)];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <exception cref="UsageException">Another server holds the directory.</exception>
    public static async Task<RunLock> TakeAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (Open(dataDirectory, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None) is { } file) return new RunLock(file);
            // Who only looks holds the file for an instant too.
            if (attempt == Attempts) throw new UsageException(InUse(dataDirectory));
            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>True if a server runs on the directory, starts or stops.</summary>
    public static bool IsHeld(string dataDirectory)
    {
        try
        {
            // Shared, so that two who look at the same time don't take each other for a server.
            using var file = Open(dataDirectory, FileMode.Open, FileAccess.Read, FileShare.Read);
            return file is null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream? Open(string dataDirectory, FileMode mode, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(Path.Combine(dataDirectory, Name), mode, access, share);
        }
        catch (IOException e) when (HeldCodes.Contains(e.HResult))
        {
            return null;
        }
    }

    private static string InUse(string dataDirectory) => RunFile.Find(dataDirectory) is { } other
        ? $"A server already runs on {dataDirectory} (process {other.ProcessId}, {other.Url}). Stop it, or give another directory with --data."
        : $"A server is starting or stopping on {dataDirectory}. Wait for it, or give another directory with --data.";
}
