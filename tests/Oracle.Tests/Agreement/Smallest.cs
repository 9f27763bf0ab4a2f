using System.Globalization;
using System.Text;
using LifecycleMetrics.Oracle.Tests.Histories;
using LifecycleMetrics.Oracle.Tests.Kpis;
using Found = (LifecycleMetrics.Oracle.Tests.Agreement.Moment At, System.Collections.Generic.IReadOnlyList<LifecycleMetrics.Oracle.Tests.Agreement.Disagreement> Rows);

namespace LifecycleMetrics.Oracle.Tests.Agreement;

/// <summary>Makes what disagrees small enough to be read.</summary>
internal static class Smallest
{
    private const int MostRows = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(OracleSettings.Number("ORACLE_SHRINK_SECONDS", 20));

    /// <summary>A single history of several that disagrees by itself, by halves.</summary>
    public static async Task<History> PartAsync(IReadOnlyList<History> histories, Func<IReadOnlyList<History>, Task<Found?>> play)
    {
        while (histories.Count > 1)
        {
            History[] half = [.. histories.Take(histories.Count / 2)];
            histories = await play(half) is null ? [.. histories.Skip(half.Length)] : half;
        }

        return histories[0];
    }

    /// <summary>The history played alone, made smaller as long as it still disagrees, as text.</summary>
    public static async Task<string> ExplainAsync(Comparison comparison, Frame frame, History history)
    {
        var found = await comparison.PlayAsync([history], Extent.Whole);
        if (found is null) return $"This history disagrees only among others:\n{history}";

        var shrinker = HistoryGenerator.In(frame);
        var started = TimeProvider.System.GetTimestamp();
        var isSmaller = true;
        while (isSmaller)
        {
            isSmaller = false;
            foreach (var smaller in shrinker.Shrinker(history).TakeWhile(_ => TimeProvider.System.GetElapsedTime(started) < Patience))
            {
                // It must go on to fail for the same reason, as far as one can tell.
                if (await comparison.PlayAsync([smaller], Extent.Whole) is not { } still || still.Rows[0].View != found.Value.Rows[0].View) continue;
                (history, found, isSmaller) = (smaller, still, true);
                break;
            }
        }

        return Text(frame, history, found.Value);
    }

    private static string Text(Frame frame, History history, Found found)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"  - name: {found.Rows[0].View} {found.At.Name}");
        text.AppendLine(CultureInfo.InvariantCulture, $"    as_of: {found.At.AsOf:yyyy-MM-ddTHH:mm:ss.fffZ}");
        text.AppendLine(CultureInfo.InvariantCulture, $"    time_zone: {frame.TimeZone}");
        text.AppendLine(CultureInfo.InvariantCulture, $"    week_start: {frame.WeekStart}");
        text.Append(history);
        foreach (var row in found.Rows.Take(MostRows)) text.Append("    # ").AppendLine(row.ToString());
        if (found.Rows.Count > MostRows) text.AppendLine(CultureInfo.InvariantCulture, $"    # and {found.Rows.Count - MostRows} rows more");
        return text.ToString();
    }
}
