using System.Runtime.InteropServices;

namespace LifecycleMetrics.Benchmarks.Support;

/// <summary>What the operating system keeps of files in memory.</summary>
internal static partial class FileCache
{
    private const int DontNeed = 4; // POSIX_FADV_DONTNEED

    /// <summary>Lets go of the files in these directories, and of no others: the machine may have other work.</summary>
    public static void Forget(IEnumerable<string> directories)
    {
        foreach (var file in directories.Where(Directory.Exists).SelectMany(Directory.EnumerateFiles))
        {
            try
            {
                using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                _ = Advise(handle.DangerousGetHandle().ToInt32(), 0, 0, DontNeed);
            }
            catch (FileNotFoundException)
            {
                // Merged away meanwhile.
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(int file, long offset, long length, int advice);
}
