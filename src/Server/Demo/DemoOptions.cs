namespace LifecycleMetrics.Server.Demo;

/// <summary>Settings of the section <c>Demo</c>: how large the demonstration shop is and how its events are sent.</summary>
public sealed class DemoOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Demo";

    /// <summary>Seed of every random choice; the same seed, size and end give the same history to the byte.</summary>
    public ulong Seed { get; set; } = 1;

    /// <summary>People who sign up during the history. Events, visitors and costs grow with it; 20,000 give about 800,000 events.</summary>
    public int Customers { get; set; } = 20_000;

    /// <summary>Visitors who never sign up, for each one who does.</summary>
    public double VisitorsPerCustomer { get; set; } = 9;

    /// <summary>Length of the history in days; it ends when the demo is first started.</summary>
    public int Days { get; set; } = 365;

    /// <summary>Live events a second after the history; 0 sends none.</summary>
    public double LiveEventsPerSecond { get; set; } = 2;

    /// <summary>Requests under way at the same time while the history is sent.</summary>
    public int Connections { get; set; } = 3;

    /// <summary>All faults of these settings; empty if they can be used.</summary>
    public IEnumerable<string> Faults()
    {
        if (Customers is < 1 or > 5_000_000)
            yield return $"Demo:Customers is {Customers}; it must be from 1 to 5000000.";
        if (VisitorsPerCustomer is not (>= 0 and <= 1_000))
            yield return $"Demo:VisitorsPerCustomer is {VisitorsPerCustomer}; it must be from 0 to 1000.";
        if (Days is < 1 or > 3_650)
            yield return $"Demo:Days is {Days}; it must be from 1 to 3650.";
        if (LiveEventsPerSecond is not (>= 0 and <= 1_000))
            yield return $"Demo:LiveEventsPerSecond is {LiveEventsPerSecond}; it must be from 0 to 1000.";
        if (Connections is < 1 or > 64)
            yield return $"Demo:Connections is {Connections}; it must be from 1 to 64.";
    }
}
