using System.CommandLine;
using ClickHouse.Data;
using LifecycleMetrics.Ingest.Rates;
using LifecycleMetrics.Storage;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>rates: brings in exchange rates, which amounts are converted into the reporting currency with.</summary>
internal static class RatesVerb
{
    public static Command Command() => new Command("rates", "Exchange rates.") { Import() }.WithCommonOptions();

    private static Command Import()
    {
        var files = new Argument<FileInfo[]>("files") { Description = "CSV files: date,currency,rate, and quote_currency if not the reporting currency.", Arity = ArgumentArity.OneOrMore };
        var source = new Option<string>("--source") { Description = "Who quoted the rates.", DefaultValueFactory = _ => "import" };
        var command = new Command("import", "Import exchange rates. A rate of the same day and currencies replaces the earlier one.") { files, source };
        command.SetAction((parsed, cancellationToken) => ImportAsync(
            parsed.GetRequiredValue(CommonOptions.Data).FullName,
            parsed.GetRequiredValue(files),
            parsed.GetRequiredValue(source),
            cancellationToken));
        return command;
    }

    private static async Task<int> ImportAsync(string dataDirectory, FileInfo[] files, string source, CancellationToken cancellationToken)
    {
        await using var verb = await VerbServices.OpenAsync(
            dataDirectory, (services, configuration) => services.AddStorage(configuration), cancellationToken);
        var currency = verb.Services.GetRequiredService<IOptions<ReportSettings>>().Value.Currency;
        var rates = new List<FxRate>();
        var faults = new List<string>();
        foreach (var file in files)
        {
            using var text = file.OpenText();
            var read = FxRateFile.Read(text, currency);
            rates.AddRange(read.Rates);
            faults.AddRange(read.Faults.Select(fault => $"{file.Name}, {fault}"));
        }

        // Half a file of rates would look like a whole one in which days are missing.
        if (faults.Count > 0)
        {
            Console.Error.WriteLine($"{string.Join('\n', faults)}\nNothing was imported.");
            return ExitCode.WrongUsage;
        }

        if (rates.Count > 0)
            await new FxRateTable(verb.Services.GetRequiredService<ClickHouseDataSource>()).InsertAsync(rates, source, cancellationToken);
        Console.WriteLine($"{rates.Count:N0} rates");
        return ExitCode.Done;
    }
}
