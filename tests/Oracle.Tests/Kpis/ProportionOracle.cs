namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>A KPI that is a share, first count of second, and has Wilson's interval.</summary>
internal abstract class ProportionOracle : KpiOracle
{
    public override (double? Low, double? High) Interval(IReadOnlyList<long?> counts) => Wilson.Of(counts[0]!.Value, counts[1]!.Value);
}
