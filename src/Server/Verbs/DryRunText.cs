using System.Globalization;
using System.Text;
using LifecycleMetrics.Lifecycle.DryRun;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>The result of a dry run as lines to read.</summary>
internal static class DryRunText
{
    public static string Of(DryRunResult result)
    {
        var text = new StringBuilder();
        var against = result.PublishedVersion is { } version ? $"against published version {version}" : "no version is published";
        text.AppendLine(CultureInfo.InvariantCulture, $"{result.Model} version {result.Version}, {against}, at {result.AsOf:yyyy-MM-dd HH:mm} UTC.");
        if (result.IsChangeInPlace)
            text.AppendLine(CultureInfo.InvariantCulture, $"Version {result.Version} is published with other rules: past numbers would change too. Raise the version to keep them.");
        text.AppendLine(CultureInfo.InvariantCulture, $"Subjects: {Change(result.Subjects)}.");
        if (result.PublishedVersion is not null)
            text.AppendLine(CultureInfo.InvariantCulture, $"{result.MovedCount:N0} subjects would stand in another stage.");

        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"Stage",-20} {"current",22} {"furthest",22}");
        foreach (var stage in result.Stages)
            text.AppendLine(CultureInfo.InvariantCulture, $"{stage.StageId,-20} {Change(stage.Current),22} {Change(stage.Furthest),22}");

        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{$"{result.Month:yyyy-MM}",-20} {"stage_entries",22} {"stage_stock",22}");
        foreach (var stage in result.Stages)
            text.AppendLine(CultureInfo.InvariantCulture, $"{stage.StageId,-20} {Change(stage.Entries),22} {Change(stage.Stock),22}");

        text.AppendLine();
        text.AppendLine("stage_conversion, of the latest month whose window is over");
        foreach (var conversion in result.Conversions)
            text.AppendLine(CultureInfo.InvariantCulture, $"{conversion.FromStage} → {conversion.ToStage}: {(result.PublishedVersion is null ? "" : $"{Rate(conversion.Before)} → ")}{Rate(conversion.After)}{Points(conversion)}");
        return text.ToString().TrimEnd();
    }

    private static string Change(DryRunCount count) => (count.Before, count.After, count.Change) switch
    {
        (null, { } after, _) => $"{after:N0}",
        ({ } before, null, _) => $"{before:N0} → none",
        (_, { } after, 0) => $"{after:N0}",
        ({ } before, { } after, _) => $"{before:N0} → {after:N0} ({count.Change:+#,0;-#,0})",
        _ => "none",
    };

    private static string Rate(DryRunRate? rate) => rate is null
        ? "none"
        : $"{(rate.Value is { } value ? value.ToString("P1", null) : "no rate")} ({rate.Converted:N0} of {rate.Entered:N0}, {rate.Month:yyyy-MM}, {rate.WindowDays} d)";

    private static string Points(DryRunConversion conversion) =>
        conversion.After?.Value - conversion.Before?.Value is { } points ? $", {100 * points:+0.0;-0.0;0.0} points" : "";
}
