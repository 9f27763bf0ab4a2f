using System.CommandLine;
using LifecycleMetrics.Benchmarks.Ingest;
using LifecycleMetrics.Benchmarks.Lifecycle;

// dotnet run -c Release --project benchmarks -- ingest [accept|end-to-end|paced|singles …]
// dotnet run -c Release --project benchmarks -- lifecycle [rebuild|refresh|views|events|dashboards|freshness …]
var scenarios = new Argument<string[]>("scenarios")
{
    Description = "steps, accept, end-to-end, paced, singles; all of them if none is named.",
    DefaultValueFactory = _ => ["steps", "accept", "end-to-end", "paced", "singles"],
};
var seconds = new Option<int>("--seconds") { Description = "Length of each measurement, roughly.", DefaultValueFactory = _ => 15 };
var directory = new Option<DirectoryInfo>("--directory")
{
    Description = "Where the servers keep their data meanwhile; on the disk that is to be measured.",
    DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(Environment.CurrentDirectory, "artifacts", "benchmarks")),
};
var ingest = new Command("ingest", "Durable accept, end to end, paced, single events.") { scenarios, seconds, directory };
ingest.SetAction(async (parsed, _) =>
{
    var benchmarks = new IngestBenchmarks(parsed.GetRequiredValue(directory).FullName, parsed.GetRequiredValue(seconds));
    foreach (var scenario in parsed.GetRequiredValue(scenarios))
    {
        switch (scenario)
        {
            case "accept": await benchmarks.AcceptAsync(); break;
            case "end-to-end": await benchmarks.EndToEndAsync(); break;
            case "paced":
                await benchmarks.PacedAsync(50_000, 100);
                await benchmarks.PacedAsync(200_000, 500);
                break;
            case "steps": StepBenchmarks.Run(); break;
            case "singles": await benchmarks.SinglesAsync(); break;
            default: Console.Error.WriteLine($"There is no scenario '{scenario}'."); return 2;
        }
    }

    return 0;
});
return await new RootCommand("Benchmarks of LifecycleMetrics.") { ingest, LifecycleCommand.Create(), BareKestrel.Command() }.Parse(args).InvokeAsync();
