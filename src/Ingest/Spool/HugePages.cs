using System.Runtime.InteropServices;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>
/// Zeroed memory outside of the collected heap; large pieces in pages of 2 MB, if the system grants them: a random access
/// then seldom waits for the address to be looked up.
/// </summary>
internal static unsafe partial class HugePages
{
    private const int PageBytes = 2 * 1024 * 1024;
    private const int MadvHugePage = 14;

    public static void* Allocate(long bytes, int alignment)
    {
        var largeBytes = bytes / PageBytes * PageBytes;
        var memory = NativeMemory.AlignedAlloc((nuint)bytes, (nuint)(largeBytes > 0 ? PageBytes : alignment));
        // Without large pages it is slower and works the same.
        if (largeBytes > 0 && OperatingSystem.IsLinux())
            _ = Madvise(memory, (nuint)largeBytes, MadvHugePage);
        NativeMemory.Clear(memory, (nuint)bytes);
        return memory;
    }

    public static void Free(void* memory) => NativeMemory.AlignedFree(memory);

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Madvise(void* address, nuint length, int advice);
}
