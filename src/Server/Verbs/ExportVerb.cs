using System.CommandLine;
using System.Text;
using LifecycleMetrics.Reporting.Csv;
using LifecycleMetrics.Storage;
using LifecycleMetrics.Storage.Ledger;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>export: writes the numbers of a closed period to a file, and keeps them as they were written.</summary>
internal static class ExportVerb
{
    public static Command Command()
    {
        var period = new Argument<string>("period") { Description = ClosedPeriod.Help };
        var views = new Option<string[]>("--view") { Description = "KPI views, such as kpi_revenue; all if not given.", AllowMultipleArgumentsPerToken = true };
        var dimension = new Option<string?>("--dimension") { Description = "One slice, such as all, channel or country; all of them if not given." };
        var file = new Option<FileInfo>("--out") { Description = "The CSV file; one that is there is replaced.", Required = true };
        var command = new Command("export", "Write the numbers of a closed period to a CSV file; dim_restatement says what changes afterwards.") { period, views, dimension, file }
            .WithCommonOptions();
        command.SetAction((parsed, cancellationToken) => ExportAsync(
            parsed.GetRequiredValue(CommonOptions.Data).FullName,
            parsed.GetRequiredValue(period),
            parsed.GetValue(views) ?? [],
            parsed.GetValue(dimension),
            parsed.GetRequiredValue(file),
            cancellationToken));
        return command;
    }

    private static async Task<int> ExportAsync(
        string dataDirectory, string text, string[] views, string? dimension, FileInfo file, CancellationToken cancellationToken)
    {
        if (views.Except(PublicationLedger.KpiViews).ToArray() is { Length: > 0 } unknown)
            throw new UsageException($"{string.Join(", ", unknown)}: no such KPI view. There are {string.Join(", ", PublicationLedger.KpiViews.Order(StringComparer.Ordinal))}.");
        if (file.Directory is not { Exists: true })
            throw new UsageException($"There is no directory {file.DirectoryName} to write {file.Name} to.");
        await using var verb = await VerbServices.OpenAsync(
            dataDirectory, (services, configuration) => services.AddStorage(configuration), cancellationToken);
        var period = ClosedPeriod.Parse(text, verb.Services);
        var ledger = verb.Services.GetRequiredService<PublicationLedger>();
        var publication = Publication.OfExport(text, verb.Services.GetRequiredService<TimeProvider>().GetUtcNow());

        // The file is made of what the ledger kept, so that both say the same even if events arrive meanwhile.
        await ledger.PublishAsync(publication, period, views.Length > 0 ? views : PublicationLedger.KpiViews, dimension, cancellationToken);
        var count = await WriteAsync(file, ledger.ReadAsync(publication.Id, cancellationToken), cancellationToken);
        if (count == 0)
            throw new UsageException($"The {period.Grain} from {period.Start:yyyy-MM-dd} has no values{(dimension is null ? "" : $" by {dimension}")} in these views; no file was written.");
        Console.WriteLine($"{count:N0} values of the {period.Grain} from {period.Start:yyyy-MM-dd} to {period.End.AddDays(-1):yyyy-MM-dd} in {file.FullName}");
        return ExitCode.Done;
    }

    // A file that is there stays whole until the new one is.
    private static async Task<long> WriteAsync(FileInfo file, IAsyncEnumerable<IReadOnlyList<object?>> rows, CancellationToken cancellationToken)
    {
        var count = 0L;
        var unfinished = file.FullName + ".part";
        // With a mark, so that Excel reads the letters right.
        await using (var to = new StreamWriter(unfinished, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        {
            await to.WriteAsync(CsvLine.Of(PublicationLedger.Columns).AsMemory(), cancellationToken);
            await foreach (var row in rows)
            {
                await to.WriteAsync(CsvLine.Of(row).AsMemory(), cancellationToken);
                count++;
            }
        }

        if (count > 0) File.Move(unfinished, file.FullName, overwrite: true);
        else File.Delete(unfinished);
        return count;
    }
}
