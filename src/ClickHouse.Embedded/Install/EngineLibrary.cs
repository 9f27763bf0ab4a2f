using System.Reflection;
using System.Runtime.InteropServices;

namespace ClickHouse.Embedded.Install;

/// <summary>Finds libchdb, the library that holds the engine.</summary>
internal static class EngineLibrary
{
    /// <summary>Environment variable that gives the library's path.</summary>
    public const string PathVariable = "LIFECYCLE_CLICKHOUSE_LIBRARY";

    private const string UseServer =
        "give the address of a ClickHouse server instead (ClickHouse:ConnectionString, for example " +
        "LIFECYCLE_ClickHouse__ConnectionString=\"Host=127.0.0.1;Port=8123;Username=default\")";

    /// <summary>The library's full path.</summary>
    /// <exception cref="EmbeddedClickHouseException">No library for this platform, or it is not installed.</exception>
    public static string Find(string? configured)
    {
        var explicitPath = configured ?? Environment.GetEnvironmentVariable(PathVariable);
        if (!string.IsNullOrEmpty(explicitPath))
            return File.Exists(explicitPath) ? Path.GetFullPath(explicitPath) : throw Missing([explicitPath]);

        var relative = Path.Combine("@chdb", $"lib-{Platform()}", "libchdb.so");
        var candidates = ModuleDirectories().Select(d => Path.Combine(d, relative)).ToArray();
        return candidates.FirstOrDefault(File.Exists) ?? throw Missing(candidates);
    }

    private static IEnumerable<string> ModuleDirectories()
    {
        yield return Path.Combine(AppContext.BaseDirectory, "node_modules");
        var built = typeof(EngineLibrary).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(a => a.Key == "EngineModules")?.Value;
        if (!string.IsNullOrEmpty(built)) yield return built;
    }

    private static string Platform()
    {
        var architecture = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            _ => null,
        };
        if (architecture is not null && OperatingSystem.IsLinux()) return $"linux-{architecture}-gnu";
        if (architecture is not null && OperatingSystem.IsMacOS()) return $"darwin-{architecture}";
        throw new EmbeddedClickHouseException(
            EngineFault.UnsupportedPlatform,
            $"There is no embedded ClickHouse engine for {RuntimeInformation.OSDescription} on " +
            $"{RuntimeInformation.ProcessArchitecture}; {UseServer}.");
    }

    private static EmbeddedClickHouseException Missing(IEnumerable<string> looked) => new(
        EngineFault.LibraryMissing,
        $"The ClickHouse engine library was not found (looked at {string.Join(", ", looked)}). Run 'npm ci' in " +
        $"src/ClickHouse.Embedded, name the file in {PathVariable}, or {UseServer}.");
}
