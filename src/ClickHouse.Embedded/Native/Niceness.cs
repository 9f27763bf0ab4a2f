using System.Runtime.InteropServices;

namespace ClickHouse.Embedded.Native;

/// <summary>
/// Has the engine stand back when processors are scarce: the server beside it has senders and readers waiting for an answer,
/// and what the engine has not got to yet is kept. With processors free it makes no difference.
/// </summary>
internal static partial class Niceness
{
    private const int OfProcess = 0;
    private const int ThisThread = 0;
    private const int Value = 5;

    /// <summary>Takes effect for this thread and all it starts from here on.</summary>
    public static void Apply()
    {
        // Where it is refused the engine is as important as the server, no more.
        if (!OperatingSystem.IsWindows())
            _ = SetPriority(OfProcess, ThisThread, Value);
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, int who, int priority);
}
