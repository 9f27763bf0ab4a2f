namespace LifecycleMetrics.Ingest.Spool;

/// <summary>Keeps a second server from using the same spool directory. Given up when the process ends, however it ends.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private readonly FileStream _file;

    /// <exception cref="IOException">Another process holds the directory.</exception>
    public DirectoryLock(string directory)
    {
        var path = Path.Combine(directory, "lock");
        try
        {
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException(
                $"The spool directory {directory} is in use by another server. Stop it, or set another --data or Ingest:Spool:Directory.",
                e);
        }
    }

    public void Dispose() => _file.Dispose();
}
