using Microsoft.Win32.SafeHandles;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>What the spool asks of the disk beyond reading and writing; a seam, since faults can't be had on demand.</summary>
internal interface IDisk
{
    /// <summary>Returns when the file's data is on stable storage.</summary>
    /// <exception cref="IOException">It may not be; the file can't be trusted any more.</exception>
    void SyncData(SafeFileHandle file);

    /// <summary>Returns when creations and deletions in the directory are on stable storage.</summary>
    /// <exception cref="IOException">They may not be.</exception>
    void SyncDirectory(string path);

    /// <summary>
    /// Sets room aside for a new file, which so never runs out of it half-way, and whose syncs need not write where it
    /// lies. What is not written yet reads as zeros.
    /// </summary>
    /// <exception cref="IOException">There is not enough.</exception>
    void Allocate(SafeFileHandle file, long bytes);

    /// <summary>Bytes this process may still write to the disk of the directory.</summary>
    long FreeBytes(string directory);
}
