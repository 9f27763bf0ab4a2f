using System.CommandLine;
using LifecycleMetrics.Server.Hosting;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>serve: runs the server until it is told to stop.</summary>
internal static class ServeVerb
{
    public static Command Command()
    {
        var role = new Option<string>("--role")
        {
            Description = "What this server does: all, ingest or reporting.",
            DefaultValueFactory = _ => "all",
        };
        var command = new Command("serve", "Run the server.") { role }.WithCommonOptions();
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new ServerSettings(
                parsed.GetRequiredValue(CommonOptions.Data).FullName,
                parsed.GetRequiredValue(CommonOptions.Urls),
                Role(parsed.GetRequiredValue(role)),
                []),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        await using var server = await RunningServer.StartAsync(settings, cancellationToken);
        Console.WriteLine($"Ready at {server.Url}");
        await server.App.WaitForShutdownAsync(cancellationToken);
        return ExitCode.Done;
    }

    private static ServerRole Role(string text) =>
        Enum.TryParse<ServerRole>(text, ignoreCase: true, out var role) && Enum.IsDefined(role)
            ? role
            : throw new UsageException($"--role '{text}' is not known; give all, ingest or reporting.");
}
