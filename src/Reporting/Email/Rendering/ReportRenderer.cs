using LifecycleMetrics.Reporting.Email.Definitions;
using LifecycleMetrics.Reporting.Email.Templates;

namespace LifecycleMetrics.Reporting.Email.Rendering;

/// <summary>Makes subject, HTML, text, pictures and attachments out of a report's data. The preview and the mail both come from here.</summary>
public sealed class ReportRenderer(TimeProvider timeProvider)
{
    /// <summary>Size past which mail programs cut a message off and hide the rest.</summary>
    public const int MaximumHtmlBytes = 102 * 1024;

    /// <exception cref="TemplateException">A template fails on this data.</exception>
    /// <exception cref="ReportDataException">The HTML is too large, or a chart has no numbers.</exception>
    public RenderedReport Render(Report report, ReportData data, string language, ReportLinks links, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(links);
        var definition = report.Definition;
        var (model, images) = ReportModel.Build(definition, data, language, links);
        var settings = new TemplateSettings
        {
            Culture = ReportCulture.Of(language),
            Loader = new DirectoryTemplateLoader(definition.Directory),
            TimeProvider = timeProvider,
        };
        var html = report.Html.Render(HtmlModel.Encode(model), settings, cancellationToken);
        var size = System.Text.Encoding.UTF8.GetByteCount(html);
        if (size > MaximumHtmlBytes)
        {
            throw new ReportDataException($"The HTML of the report '{definition.Id}' has {size} bytes; mail programs cut off past {MaximumHtmlBytes}. Show fewer rows.");
        }

        var text = report.Text.Render(model, settings, cancellationToken).ReplaceLineEndings("\n");
        var (subject, body) = SplitSubject(definition, text);
        return new RenderedReport
        {
            ReportId = definition.Id,
            Language = language,
            Period = data.Period,
            Subject = subject,
            Html = html,
            Text = body,
            Images = images,
            Attachments = [.. Attachments(definition, data)],
        };
    }

    /// <summary>The first line of the text template is the subject; an empty line follows it.</summary>
    private static (string Subject, string Body) SplitSubject(ReportDefinition definition, string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var subject = end < 0 ? "" : text[..end].Trim();
        return subject.Length > 0
            ? (subject, text[end..].TrimStart('\n'))
            : throw new ReportDataException($"The text template of the report '{definition.Id}' must begin with a line for the subject.");
    }

    private static IEnumerable<ReportAttachment> Attachments(ReportDefinition definition, ReportData data)
    {
        foreach (var query in definition.Queries.Where(query => query.Csv is not null))
        {
            var name = $"{Path.GetFileNameWithoutExtension(query.Csv)}-{data.Period.Start:yyyy-MM-dd}.csv";
            yield return new ReportAttachment(name, CsvText.Write(data.Queries[query.Name]));
        }
    }
}
