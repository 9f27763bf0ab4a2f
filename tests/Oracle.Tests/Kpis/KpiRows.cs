using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>What the oracle counts of a KPI, over many histories.</summary>
internal sealed class KpiRows(KpiOracle oracle)
{
    /// <summary>Grains that are compared of one history in ten only, and by source only.</summary>
    public static readonly IReadOnlyList<string> Sampled = ["day", "week"];

    private readonly Dictionary<string, (long?[] Counts, bool IsMature)> _sums = [];

    /// <summary>Who counts.</summary>
    public KpiOracle Oracle => oracle;

    /// <summary>Whether rows of all dimensions are wanted at every grain.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Rows that say something.</summary>
    public IEnumerable<(string Key, KpiRow Row)> All => _sums
        .Select(sum => (sum.Key, Row: new KpiRow(sum.Value.Counts, oracle.IsMature(sum.Value.IsMature, sum.Value.Counts), Figures(sum.Value.Counts))))
        .Where(row => oracle.IsShown(row.Row.Counts));

    /// <summary>Adds to the row of each slice.</summary>
    public void Add(string key, Period period, Slices slices, bool isMature, params ReadOnlySpan<long?> counts)
    {
        foreach (var (dimension, value) in slices.All())
        {
            if (!IsWhole && dimension != "source" && Sampled.Contains(period.Grain)) continue;
            Add($"{key} {period.Grain} {period.Start:yyyy-MM-dd} {dimension} {value}", isMature, counts);
        }
    }

    private void Add(string key, bool isMature, ReadOnlySpan<long?> counts)
    {
        if (!_sums.TryGetValue(key, out var sum))
        {
            _sums.Add(key, (counts.ToArray(), isMature));
            return;
        }

        for (var i = 0; i < counts.Length; i++) sum.Counts[i] += counts[i];
    }

    private double?[] Figures(IReadOnlyList<long?> counts)
    {
        var value = oracle.Value(counts);
        var (low, high) = value is null ? (null, null) : oracle.Interval(counts);
        return [value, low, high];
    }
}
