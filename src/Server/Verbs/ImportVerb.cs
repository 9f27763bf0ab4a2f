using System.CommandLine;
using LifecycleMetrics.Ingest;
using LifecycleMetrics.Ingest.Importing;
using LifecycleMetrics.Server.Configuration;
using LifecycleMetrics.Storage;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>import: brings in events, orders and personas from files, through the server that runs on the data directory or one of its own.</summary>
internal static class ImportVerb
{
    public static Command Command()
    {
        var files = new Argument<string[]>("files") { Description = "Files: .ndjson, .csv or .txt, also .gz.", Arity = ArgumentArity.OneOrMore };
        var format = new Option<ImportFormat>("--format") { Description = "segment: a line is an event. orders: a line is an order or a part of one. personas: a line says who is which persona from when until when.", Required = true };
        var map = new Option<string?>("--map") { Description = "For orders: the YAML file that names columns and formats." };
        var source = new Option<string>("--source") { Description = "Name of the source; part of the events' identity, so the same data must come with the same name.", Required = true };
        var command = new Command("import", "Import events, orders or personas from files. Doing it twice adds nothing.") { files, format, map, source }
            .WithCommonOptions();
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(CommonOptions.Data).FullName,
            parsed.GetRequiredValue(files),
            parsed.GetRequiredValue(format),
            parsed.GetValue(map),
            parsed.GetRequiredValue(source),
            cancellationToken));
        return command;
    }

    private static Task<int> RunAsync(
        string dataDirectory, string[] files, ImportFormat format, string? mapPath, string source, CancellationToken cancellationToken)
    {
        var map = ReadMap(format, mapPath);
        return SendingServer.RunAsync(
            dataDirectory,
            (url, key) => ImportAsync(url, key, dataDirectory, files, format, map, source, cancellationToken),
            cancellationToken);
    }

    private static ImportMap? ReadMap(ImportFormat format, string? path)
    {
        if (format != ImportFormat.Orders)
        {
            return path is null
                ? null
                : throw new UsageException("--map is for --format orders only; the other formats are read without one.");
        }

        if (path is null) throw new UsageException("--format orders needs --map MAP.yaml, which names the columns; docs/import.md has examples.");
        try
        {
            return ImportMapFile.Read(path);
        }
        catch (Exception e) when (e is ImportMapException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException(e.Message);
        }
    }

    private static async Task<int> ImportAsync(
        string url, string writeKey, string dataDirectory, string[] files, ImportFormat format, ImportMap? map, string source, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = new Uri(url + "/") };
        var limits = new ConfigurationBuilder().AddServerSettings([]).Build().GetSection(IngestOptions.Section).BindTo(new IngestOptions());
        var options = limits.Import.Within(limits.MaxBatchEvents, limits.MaxBatchBytes);
        var importer = new FileImporter(
            new HttpTarget(http, writeKey, TimeProvider.System), source, Path.Combine(dataDirectory, "import-rejects"), options, TimeProvider.System);
        var progress = new ImportProgressLine();
        try
        {
            var summary = format switch
            {
                ImportFormat.Personas => await importer.ImportPersonasAsync(files, progress, cancellationToken),
                ImportFormat.Orders when map is not null => await importer.ImportOrdersAsync(files, map, progress, cancellationToken),
                _ => await importer.ImportEventsAsync(files, progress, cancellationToken),
            };
            progress.Finish();
            Print(summary);
            return ExitCode.Done;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or MapMismatchException or HttpRequestException)
        {
            progress.Finish();
            Console.Error.WriteLine($"{e.Message} What was acknowledged before stays; the same import again goes on.");
            return ExitCode.Failed;
        }
    }

    private static void Print(ImportSummary summary)
    {
        var counts = summary.Counts;
        Console.WriteLine($"{counts.Lines:N0} lines, {counts.Events:N0} events: {counts.Accepted:N0} accepted, {counts.Duplicates:N0} duplicates, {counts.Rejected:N0} rejected");
        foreach (var (reason, count) in counts.RejectedByReason) Console.WriteLine($"  rejected {reason}: {count:N0}");
        if (summary.RejectsFile is not null) Console.WriteLine($"  every rejected line with its reason: {summary.RejectsFile}");
    }
}
