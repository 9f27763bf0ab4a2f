using System.ComponentModel;
using System.Runtime.InteropServices;

namespace LifecycleMetrics.Ingest.Spool;

/// <summary>
/// Zeroed memory outside of the collected heap; large pieces in pages of 2 MB, if the system grants them: a random access
/// then seldom waits for the address to be looked up.
/// </summary>
/// <remarks>
/// On Linux large pieces come from the system and go back to it. The C library would keep what is freed, and pieces that
/// each are a little larger than the one before never fit into it.
/// </remarks>
internal static unsafe partial class HugePages
{
    private const int PageBytes = 2 * 1024 * 1024;
    private const int MinMappedBytes = 64 * 1024;
    private const int ProtReadWrite = 1 | 2;
    private const int MapPrivateAnonymous = 0x02 | 0x20;
    private const int MadvHugePage = 14;
    private static readonly nint MapFailed = -1;

    /// <exception cref="Win32Exception">The system has no room.</exception>
    public static void* Allocate(long bytes, int alignment)
    {
        if (IsMapped(bytes))
            return Map((nuint)bytes);
        var memory = NativeMemory.AlignedAlloc((nuint)bytes, (nuint)alignment);
        NativeMemory.Clear(memory, (nuint)bytes);
        return memory;
    }

    /// <summary>Gives back what <see cref="Allocate"/> gave for as many bytes.</summary>
    public static void Free(void* memory, long bytes)
    {
        if (memory != null && IsMapped(bytes))
            Unmap((nint)memory, (nuint)bytes);
        else
            NativeMemory.AlignedFree(memory);
    }

    private static bool IsMapped(long bytes) => OperatingSystem.IsLinux() && bytes >= MinMappedBytes;

    private static void* Map(nuint bytes)
    {
        var whole = RoundUp(bytes, (nuint)Environment.SystemPageSize);
        return whole < PageBytes ? (void*)MapPages(whole) : MapLargePages(whole);
    }

    // A large page more than wanted, so that a piece in it begins where a large page can; the ends go back.
    private static void* MapLargePages(nuint whole)
    {
        var mapped = MapPages(whole + PageBytes);
        var start = (nint)RoundUp((nuint)mapped, PageBytes);
        var (before, after) = ((nuint)(start - mapped), (nuint)(mapped + PageBytes - start));
        if (before > 0)
            Unmap(mapped, before);
        if (after > 0)
            Unmap(start + (nint)whole, after);
        // Without large pages it is slower and works the same.
        _ = MAdvise(start, whole / PageBytes * PageBytes, MadvHugePage);
        return (void*)start;
    }

    private static nint MapPages(nuint bytes)
    {
        var mapped = MMap(0, bytes, ProtReadWrite, MapPrivateAnonymous, -1, 0);
        return mapped != MapFailed
            ? mapped
            : throw new Win32Exception(Marshal.GetLastPInvokeError(), $"The system gives no {bytes} bytes of memory: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    private static void Unmap(nint address, nuint bytes)
    {
        if (MUnmap(address, RoundUp(bytes, (nuint)Environment.SystemPageSize)) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"Memory can't be given back: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    private static nuint RoundUp(nuint value, nuint step) => (value + step - 1) / step * step;

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint MMap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MUnmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MAdvise(nint address, nuint length, int advice);
}
