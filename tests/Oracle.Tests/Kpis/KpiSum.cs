using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>What was counted for one key, period and slice, over many histories.</summary>
internal sealed record KpiSum(string Key, Period Period, string Dimension, string Value, long?[] Counts, bool IsMature)
{
    /// <summary>What tells its row apart, as the view shows it.</summary>
    public string RowKey => $"{Key} {Period.Grain} {Period.Start:yyyy-MM-dd} {Dimension} {Value}";
}
