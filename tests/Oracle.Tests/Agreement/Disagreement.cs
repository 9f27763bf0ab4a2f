using LifecycleMetrics.Oracle.Tests.Kpis;

namespace LifecycleMetrics.Oracle.Tests.Agreement;

/// <summary>A row that view and oracle show differently, or only one of them.</summary>
internal sealed record Disagreement(string View, string Key, KpiRow? Expected, KpiRow? Actual, int? History)
{
    public override string ToString() => $"{View} {Key}\n      oracle {Text(Expected)}\n      view   {Text(Actual)}";

    private static string Text(KpiRow? row) => row?.ToString() ?? "no row";
}
