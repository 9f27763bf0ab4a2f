namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>A row of a KPI as it is compared.</summary>
/// <param name="Counts">Numerator, denominator and what else a KPI counts.</param>
/// <param name="IsMature">Whether the row says so.</param>
/// <param name="Figures">value, ci_low, ci_high and other ratios.</param>
internal sealed record KpiRow(IReadOnlyList<long?> Counts, bool IsMature, IReadOnlyList<double?> Figures)
{
    public bool Equals(KpiRow? other) =>
        other is not null
        && IsMature == other.IsMature
        && Counts.SequenceEqual(other.Counts)
        && Figures.Zip(other.Figures).All(pair => IsClose(pair.First, pair.Second));

    public override int GetHashCode() => Counts[0].GetHashCode();

    public override string ToString() =>
        FormattableString.Invariant($"{string.Join(' ', Counts.Select(count => count?.ToString(null, null) ?? "null"))} value {string.Join(' ', Figures.Select(figure => figure?.ToString("0.######", null) ?? "null"))}{(IsMature ? "" : " not mature")}");

    private static bool IsClose(double? a, double? b) =>
        a is null ? b is null : b is not null && Math.Abs(a.Value - b.Value) <= 1e-9 * Math.Max(1, Math.Abs(a.Value));
}
