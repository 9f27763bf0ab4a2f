using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>
/// The real disk. Calls fdatasync itself, because the runtime's own flush (<see cref="RandomAccess.FlushToDisk"/>,
/// <see cref="FileStream.Flush(bool)"/>) returns normally when the system call fails.
/// </summary>
internal sealed partial class Disk : IDisk
{
    private const int Interrupted = 4; // EINTR
    private const int InvalidArgument = 22; // EINVAL
    private const int NotSupported = 95; // EOPNOTSUPP

    public void SyncData(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
        {
            if (!FlushFileBuffers(file))
                throw Failure("FlushFileBuffers");
            return;
        }

        while ((OperatingSystem.IsMacOS() ? Fsync(file) : Fdatasync(file)) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
                throw Failure("fdatasync");
        }
    }

    public void SyncDirectory(string path)
    {
        // Windows has no such call and needs none: NTFS journals directory entries.
        if (OperatingSystem.IsWindows())
            return;

        using var directory = Open(path, 0);
        if (directory.IsInvalid)
            throw Failure("open");
        while (Fsync(directory) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
                throw Failure("fsync");
        }
    }

    public void Allocate(SafeFileHandle file, long bytes)
    {
        if (!OperatingSystem.IsLinux())
            return;
        int error;
        while ((error = PosixFallocate(file, 0, bytes)) == Interrupted)
        {
        }

        // A file system that can't do it is slower, and no less safe.
        if (error is not (0 or NotSupported or InvalidArgument))
            throw new IOException($"posix_fallocate failed: {Marshal.GetPInvokeErrorMessage(error)} ({error})");
    }

    public long FreeBytes(string directory) => new DriveInfo(Path.GetFullPath(directory)).AvailableFreeSpace;

    private static IOException Failure(string call) =>
        new($"{call} failed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())} ({Marshal.GetLastPInvokeError()})");

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fdatasync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int PosixFallocate(SafeFileHandle file, long offset, long length);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool FlushFileBuffers(SafeFileHandle file);
}
