using System.Runtime.InteropServices;

namespace ClickHouse.Embedded.Native;

/// <summary>
/// The engine's own process. It lives as long as its standard input is open: when the parent closes the pipe, or dies,
/// the engine closes its files and ends.
/// </summary>
internal static class EngineHost
{
    /// <summary>How many statements the host runs; the quota of its user is this number.</summary>
    public const int StatementCount = 3;

    // The last statement reads standard input to its end, and so keeps the engine running until then.
    private const string Serve =
        "SYSTEM START LISTEN HTTP; SYSTEM START LISTEN TCP; " +
        "SELECT count() FROM file('/dev/stdin', LineAsString) FORMAT Null";

    /// <summary>Runs the engine until standard input ends.</summary>
    /// <param name="libraryPath">Path of libchdb.</param>
    /// <param name="engineArguments">Arguments for clickhouse-local: paths and ports.</param>
    /// <returns>0 after a clean end, 1 after an error, which is written to standard error.</returns>
    public static int Run(string libraryPath, IEnumerable<string> engineArguments)
    {
        // A Ctrl-C or a service manager's SIGTERM reaches the whole group; the server still needs the engine to drain.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ignore);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ignore);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Ignore);

        var error = new ChdbLibrary(libraryPath).Run(["clickhouse", .. engineArguments, "--query", Serve]);
        if (error is null) return 0;
        Console.Error.WriteLine(error);
        return 1;
    }

    private static void Ignore(PosixSignalContext context) => context.Cancel = true;
}
