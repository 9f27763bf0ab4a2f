namespace LifecycleMetrics.Ingest.Traffic;

/// <summary>Which events are flagged as no customer's; the KPIs leave flagged events out. An event may get several flags.</summary>
public sealed class TrafficOptions
{
    /// <summary>Machines: crawlers, monitors, scripts. Without <see cref="TrafficConditions.UserAgents"/> a built-in list holds.</summary>
    public TrafficConditions Bot { get; set; } = new();

    /// <summary>Your own people.</summary>
    public TrafficConditions Internal { get; set; } = new();

    /// <summary>Trials: staging systems, test users.</summary>
    public TrafficConditions Test { get; set; } = new();
}
