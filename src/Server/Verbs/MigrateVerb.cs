using System.CommandLine;
using LifecycleMetrics.Storage;
using LifecycleMetrics.Storage.Schema;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>migrate: brings the database to this program's schema and ends.</summary>
internal static class MigrateVerb
{
    public static Command Command()
    {
        var command = new Command("migrate", "Create or update tables and views, and end.").WithCommonOptions();
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetRequiredValue(CommonOptions.Data).FullName, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        await using var verb = await VerbServices.OpenAsync(
            dataDirectory, (services, configuration) => services.AddStorage(configuration), cancellationToken);
        await verb.Services.GetRequiredService<SchemaMigrator>().MigrateAsync(cancellationToken);
        Console.WriteLine($"Schema is at {SqlFiles.Migrations()[^1].Name}, {SqlFiles.Views().Count} views are in place.");
        return ExitCode.Done;
    }
}
