namespace LifecycleMetrics.Server.Demo;

/// <summary>How far the history is loaded.</summary>
/// <param name="Events">Events the server has acknowledged, those of an earlier start included.</param>
/// <param name="Share">Share of the history's time, 0 to 1.</param>
public sealed record DemoProgress(long Events, double Share);
