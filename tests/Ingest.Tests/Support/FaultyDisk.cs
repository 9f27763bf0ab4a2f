using LifecycleMetrics.Ingest.Spool;
using Microsoft.Win32.SafeHandles;

namespace LifecycleMetrics.Ingest.Tests.Support;

/// <summary>The real disk, until it is told to fail.</summary>
internal sealed class FaultyDisk : IDisk
{
    private readonly Disk _disk = new();

    public bool SyncFails { get; set; }

    public long? Free { get; set; }

    /// <summary>What asking for the room fails with.</summary>
    public Exception? FreeFailure { get; set; }

    public bool DirectorySyncFails { get; set; }

    public int Syncs { get; private set; }

    public void SyncData(SafeFileHandle file)
    {
        Syncs++;
        if (SyncFails)
            throw new IOException("fdatasync failed: Input/output error (5)");
        _disk.SyncData(file);
    }

    public void SyncDirectory(string path)
    {
        if (DirectorySyncFails)
            throw new IOException("fsync failed: Input/output error (5)");
        _disk.SyncDirectory(path);
    }

    public void Allocate(SafeFileHandle file, long bytes) => _disk.Allocate(file, bytes);

    public long FreeBytes(string directory) =>
        FreeFailure is { } failure ? throw failure : Free ?? _disk.FreeBytes(directory);
}
