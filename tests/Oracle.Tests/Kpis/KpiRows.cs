using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>What the oracle counts of a KPI, over many histories.</summary>
internal sealed class KpiRows(KpiOracle oracle, Extent extent)
{
    private readonly Dictionary<(string Key, Period Period, string Dimension, string Value), (long?[] Counts, bool IsMature)> _sums = [];

    private readonly int _shown = SqlList.Split(oracle.Counts).Count();

    /// <summary>Who counts.</summary>
    public KpiOracle Oracle => oracle;

    /// <summary>Rows that say something.</summary>
    public IEnumerable<(string Key, KpiRow Row)> All => oracle.Fold(Sums)
        .Select(sum => (Sum: sum, Counts: sum.Counts[.._shown]))
        .Where(row => oracle.IsShown(row.Counts))
        .Select(row => (row.Sum.RowKey, new KpiRow(row.Counts, oracle.IsMature(row.Sum.IsMature, row.Sum.Counts), Figures(row.Sum.Counts))));

    /// <summary>What was counted, before it is folded.</summary>
    public IEnumerable<KpiSum> Sums => _sums.Select(sum =>
        new KpiSum(sum.Key.Key, sum.Key.Period, sum.Key.Dimension, sum.Key.Value, sum.Value.Counts, sum.Value.IsMature));

    /// <summary>Adds to the row of each slice.</summary>
    public void Add(string key, Period period, Slices slices, bool isMature, params ReadOnlySpan<long?> counts)
    {
        Add(key, period, slices.All(), isMature, counts);
    }

    /// <summary>Adds to the row of each of some slices.</summary>
    public void Add(string key, Period period, IEnumerable<(string Dimension, string Value)> slices, bool isMature, params ReadOnlySpan<long?> counts)
    {
        foreach (var (dimension, value) in slices)
        {
            if (extent.Takes(period, dimension, value)) Add((key, period, dimension, value), isMature, counts);
        }
    }

    private void Add((string Key, Period Period, string Dimension, string Value) key, bool isMature, ReadOnlySpan<long?> counts)
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
        return [value, low, high, .. oracle.RatiosOf(counts)];
    }
}
