namespace LifecycleMetrics.Server.Configuration;

/// <summary>
/// Where settings come from, the later over the earlier: appsettings.json beside the program, environment variables
/// with the prefix LIFECYCLE_, files named by LIFECYCLE_…_FILE, and what the command line says.
/// </summary>
internal static class ServerConfiguration
{
    public const string Prefix = "LIFECYCLE_";

    public static IConfigurationBuilder AddServerSettings(
        this IConfigurationBuilder configuration, IEnumerable<KeyValuePair<string, string?>> commandLine) =>
        configuration
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true, reloadOnChange: false)
            .AddEnvironmentVariables(Prefix)
            .AddInMemoryCollection(SecretFiles.Read(Environment.GetEnvironmentVariables(), Prefix))
            .AddInMemoryCollection(commandLine);
}
