using System.Runtime.InteropServices;

namespace ClickHouse.Embedded.Native;

/// <summary>The three functions of libchdb that run the engine.</summary>
internal sealed unsafe class ChdbLibrary
{
    private readonly delegate* unmanaged[Cdecl]<int, byte**, nint> _queryCommandLine;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*> _resultError;
    private readonly delegate* unmanaged[Cdecl]<int, void> _setSignalHandlersEnabled;

    public ChdbLibrary(string path)
    {
        var library = NativeLibrary.Load(path);
        _queryCommandLine = (delegate* unmanaged[Cdecl]<int, byte**, nint>)
            NativeLibrary.GetExport(library, "chdb_query_cmdline");
        _resultError = (delegate* unmanaged[Cdecl]<nint, byte*>)
            NativeLibrary.GetExport(library, "chdb_result_error");
        _setSignalHandlersEnabled = (delegate* unmanaged[Cdecl]<int, void>)
            NativeLibrary.GetExport(library, "chdb_set_signal_handlers_enabled");
    }

    /// <summary>Runs the engine as if by its command line. Returns when it has ended: null, or the error's text.</summary>
    public string? Run(IReadOnlyList<string> arguments)
    {
        // The runtime's own signal handling stays in charge.
        _setSignalHandlersEnabled(0);
        var argv = (byte**)NativeMemory.AllocZeroed((nuint)arguments.Count + 1, (nuint)sizeof(byte*));
        try
        {
            for (var i = 0; i < arguments.Count; i++)
                argv[i] = (byte*)Marshal.StringToCoTaskMemUTF8(arguments[i]);
            var result = _queryCommandLine(arguments.Count, argv);
            return result == 0 ? null : Marshal.PtrToStringUTF8((nint)_resultError(result));
        }
        finally
        {
            for (var i = 0; i < arguments.Count; i++) Marshal.FreeCoTaskMem((nint)argv[i]);
            NativeMemory.Free(argv);
        }
    }
}
