using System.Text.Json;
using LifecycleMetrics.Ingest.Spool;

namespace LifecycleMetrics.Server.Demo;

/// <summary>
/// What the demo remembers in the data directory (<c>demo.json</c>): which history it loads, and how much of it is acknowledged.
/// </summary>
internal sealed record DemoState(ulong Seed, int Customers, double VisitorsPerCustomer, int Days, DateTimeOffset End)
{
    /// <summary>Batches from the first on that the server has acknowledged without a gap.</summary>
    public int Batches { get; init; }

    /// <summary>Events in those batches.</summary>
    public long Events { get; init; }

    public bool IsLoaded { get; init; }

    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, "demo.json");

    /// <summary>The remembered state; null if no history was ever begun.</summary>
    /// <exception cref="InvalidDataException">The file is there but can't be read.</exception>
    public static DemoState? Read(string dataDirectory)
    {
        var path = PathIn(dataDirectory);
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize<DemoState>(File.ReadAllBytes(path))
                ?? throw new InvalidDataException($"{path} is empty; delete it to load the demo's history anew.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} can't be read; delete it to load the demo's history anew.", e);
        }
    }

    public void Write(string dataDirectory) => DurableFile.Replace(PathIn(dataDirectory), this);

    /// <summary>The size it was begun with holds, whatever the configuration says now.</summary>
    public DemoOptions Apply(DemoOptions options) => new()
    {
        Seed = Seed,
        Customers = Customers,
        VisitorsPerCustomer = VisitorsPerCustomer,
        Days = Days,
        Connections = options.Connections,
        LiveEventsPerSecond = options.LiveEventsPerSecond,
    };
}
