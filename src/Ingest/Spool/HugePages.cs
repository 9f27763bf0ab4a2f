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

    /// <summary>The size, rounded up to what is used up anyway: whole large pages, or whole units of a small piece.</summary>
    public static long Round(long bytes, int unit)
    {
        var whole = bytes >= PageBytes / 2 ? PageBytes : unit;
        return (bytes + whole - 1) / whole * whole;
    }

    public static void* Allocate(long bytes, int alignment)
    {
        var isLarge = bytes % PageBytes == 0;
        var memory = NativeMemory.AlignedAlloc((nuint)bytes, (nuint)(isLarge ? PageBytes : alignment));
        // Without large pages it is slower and works the same.
        if (isLarge && OperatingSystem.IsLinux())
            _ = Madvise(memory, (nuint)bytes, MadvHugePage);
        NativeMemory.Clear(memory, (nuint)bytes);
        return memory;
    }

    public static void Free(void* memory) => NativeMemory.AlignedFree(memory);

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Madvise(void* address, nuint length, int advice);
}
