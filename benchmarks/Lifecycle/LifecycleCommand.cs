using System.CommandLine;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>lifecycle: the goals of the lifecycle part.</summary>
internal static class LifecycleCommand
{
    public static Command Create()
    {
        var parts = new Argument<string[]>("parts")
        {
            Description = string.Join(", ", LifecycleBenchmarks.Parts) + "; all of them if none is named.",
            DefaultValueFactory = _ => [.. LifecycleBenchmarks.Parts],
        };
        parts.AcceptOnlyFromAmong([.. LifecycleBenchmarks.Parts]);
        var events = new Option<long>("--events") { Description = "Events of the shop.", DefaultValueFactory = _ => 20_000_000 };
        var customers = new Option<int>("--customers") { Description = "Its customers.", DefaultValueFactory = _ => 1_000_000 };
        var scale = new Option<string?>("--scale") { Description = "Several sizes, in millions of events: 2,20,100. Customers in proportion." };
        var seconds = new Option<int>("--seconds") { Description = "How long freshness is measured.", DefaultValueFactory = _ => 60 };
        var rate = new Option<double>("--rate") { Description = "Events a second while freshness is measured.", DefaultValueFactory = _ => 5_000 };
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "Where the shops are kept; one that is there is used again.",
            DefaultValueFactory = _ => new DirectoryInfo(Path.Combine(Environment.CurrentDirectory, "artifacts", "benchmarks", "lifecycle")),
        };
        var command = new Command("lifecycle", "Rebuild, visits, refresh, views, views and events, dashboards, freshness.") { parts, events, customers, scale, seconds, rate, data };
        command.SetAction((parsed, _) =>
        {
            var size = new ShopSize(parsed.GetRequiredValue(events), parsed.GetRequiredValue(customers));
            var benchmarks = new LifecycleBenchmarks(
                parsed.GetRequiredValue(data).FullName,
                parsed.GetRequiredValue(parts),
                TimeSpan.FromSeconds(parsed.GetRequiredValue(seconds)),
                parsed.GetRequiredValue(rate));
            return benchmarks.RunAsync(parsed.GetValue(scale) is { } millions ? ShopSize.Scale(millions, size) : [size]);
        });
        return command;
    }
}
