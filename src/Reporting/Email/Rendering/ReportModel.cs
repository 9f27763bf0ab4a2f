using System.Globalization;
using LifecycleMetrics.Reporting.Email.Charts;
using LifecycleMetrics.Reporting.Email.Definitions;

namespace LifecycleMetrics.Reporting.Email.Rendering;

/// <summary>Builds what the templates of one language see.</summary>
internal static class ReportModel
{
    /// <summary>Size a sparkline is shown at; it is drawn twice as large.</summary>
    private const int SparklineWidth = 120;
    private const int SparklineHeight = 32;

    private static readonly PaletteColor LineColor = PaletteColor.Parse("#2563eb");

    public static (Dictionary<string, object?> Model, List<ReportImage> Images) Build(
        ReportDefinition definition, ReportData data, string language, ReportLinks links)
    {
        var images = new List<ReportImage>();
        var model = new Dictionary<string, object?>
        {
            ["report"] = new Dictionary<string, object?> { ["id"] = definition.Id, ["name"] = definition.Name[language] },
            ["language"] = language,
            ["labels"] = definition.Labels[language].ToDictionary(label => label.Key, object? (label) => label.Value),
            ["period"] = new Dictionary<string, object?>
            {
                ["start"] = data.Period.Start,
                ["last_day"] = data.Period.LastDay,
                ["previous_start"] = data.Period.PreviousStart,
                ["history_start"] = data.Period.HistoryStart,
                ["grain"] = data.Period.Grain,
            },
            ["links"] = links.ToModel(definition, data.Period),
        };
        foreach (var query in definition.Queries) model[query.Name] = Rows(query, data.Queries[query.Name], images);
        return (model, images);
    }

    private static List<object?> Rows(ReportQuery query, ReportRows answer, List<ReportImage> images)
    {
        var rows = new List<object?>();
        foreach (var values in answer.Rows)
        {
            var row = new Dictionary<string, object?>();
            for (var i = 0; i < answer.Columns.Count; i++) row[answer.Columns[i]] = values[i];
            if (query.Sparkline is not null) row["sparkline"] = Draw(query, row, rows.Count, images);
            rows.Add(row);
        }

        return rows;
    }

    private static Dictionary<string, object?> Draw(ReportQuery query, Dictionary<string, object?> row, int index, List<ReportImage> images)
    {
        if (!row.TryGetValue(query.Sparkline!, out var column) || column is not IReadOnlyList<object?> list)
        {
            throw new ReportDataException($"The query '{query.Name}' has no column '{query.Sparkline}' with a list of numbers to draw.");
        }

        var values = list.Select(double? (value) => value is null ? null : Convert.ToDouble(value, CultureInfo.InvariantCulture)).ToList();
        var name = string.Create(CultureInfo.InvariantCulture, $"{query.Name}-{index + 1}.png");
        var image = new ReportImage(name, Sparkline.Draw(values, SparklineWidth * 2, SparklineHeight * 2, LineColor));
        images.Add(image);
        return new Dictionary<string, object?>
        {
            ["source"] = "cid:" + image.ContentId,
            ["width"] = SparklineWidth,
            ["height"] = SparklineHeight,
        };
    }
}
