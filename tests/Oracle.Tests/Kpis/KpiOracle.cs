using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// A KPI counted in memory, one subject and period after the other, as its definition reads: docs/glossary.md. Nothing here
/// is taken from the SQL but the names of columns.
/// </summary>
internal abstract class KpiOracle
{
    /// <summary>The oracles of all views.</summary>
    public static readonly IReadOnlyList<KpiOracle> All =
    [
        new StageEntries(), new StageStock(), new StageConversion(), new Churn(), new RetentionCohort(), new Revenue(),
    ];

    /// <summary>The view that shows the same.</summary>
    public abstract string View { get; }

    /// <summary>Columns that tell rows apart, beside grain, period_start, dimension and dimension_value.</summary>
    public abstract string Keys { get; }

    /// <summary>What is counted, as the view shows it.</summary>
    public abstract string Counts { get; }

    /// <summary>Which rows of the view these are.</summary>
    public virtual string Where => "true";

    /// <summary>Counts the rows of one history.</summary>
    public abstract void Count(World world, KpiRows rows);

    /// <summary>The value of a row: its first count, unless a KPI says otherwise.</summary>
    public virtual double? Value(IReadOnlyList<long?> counts, bool isMature) => counts[0];

    /// <summary>k of n, if the KPI is a proportion and has an interval.</summary>
    public virtual (long K, long N)? Proportion(IReadOnlyList<long?> counts) => null;
}
