using System.CommandLine;
using LifecycleMetrics.Storage;
using LifecycleMetrics.Storage.Ledger;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>freeze: keeps the numbers of a closed period as they are now, so that later changes are known for what they are.</summary>
internal static class FreezeVerb
{
    public static Command Command()
    {
        var period = new Argument<string>("period") { Description = ClosedPeriod.Help };
        var name = new Option<string?>("--name") { Description = "Name of the freeze; the period if not given." };
        var command = new Command("freeze", "Keep all numbers of a closed period as they are now; dim_restatement says what changes afterwards.") { period, name }
            .WithCommonOptions();
        command.SetAction((parsed, cancellationToken) => FreezeAsync(
            parsed.GetRequiredValue(CommonOptions.Data).FullName,
            parsed.GetRequiredValue(period),
            parsed.GetValue(name) ?? parsed.GetRequiredValue(period),
            cancellationToken));
        return command;
    }

    private static async Task<int> FreezeAsync(string dataDirectory, string text, string name, CancellationToken cancellationToken)
    {
        await using var verb = await VerbServices.OpenAsync(
            dataDirectory, (services, configuration) => services.AddStorage(configuration), cancellationToken);
        var period = ClosedPeriod.Parse(text, verb.Services);
        var ledger = verb.Services.GetRequiredService<PublicationLedger>();
        if (await ledger.HasAsync(name, cancellationToken))
            throw new UsageException($"There is a freeze '{name}' already. Give another --name to freeze the period once more.");

        var now = verb.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await ledger.PublishAsync(Publication.OfFreeze(name, now), period, PublicationLedger.KpiViews, dimension: null, cancellationToken);
        Console.WriteLine($"{name}: the {period.Grain} from {period.Start:yyyy-MM-dd} to {period.End.AddDays(-1):yyyy-MM-dd} is frozen");
        return ExitCode.Done;
    }
}
