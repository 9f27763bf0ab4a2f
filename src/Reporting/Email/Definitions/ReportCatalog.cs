using LifecycleMetrics.Reporting.Email.Templates;

namespace LifecycleMetrics.Reporting.Email.Definitions;

/// <summary>All reports of a folder with their parsed templates.</summary>
public sealed class ReportCatalog
{
    private ReportCatalog(IReadOnlyList<Report> reports) => Reports = reports;

    /// <summary>Sorted by id.</summary>
    public IReadOnlyList<Report> Reports { get; }

    /// <summary>Reads every *.yaml of a folder.</summary>
    /// <exception cref="InvalidReportException">Something is wrong; it names all faults of all files.</exception>
    public static ReportCatalog Load(string directory, ITemplateEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var faults = new List<ReportFault>();
        if (!Directory.Exists(directory)) throw new InvalidReportException([new ReportFault(directory, 1, "There is no such folder", "Set Email:ReportsDirectory")]);
        var reports = new List<Report>();
        foreach (var path in Directory.EnumerateFiles(directory, "*.yaml").Order(StringComparer.Ordinal))
        {
            var (definition, found) = ReportDefinitionReader.Read(path, File.ReadAllText(path));
            faults.AddRange(found);
            if (definition is null) continue;
            var html = Parse(definition, definition.HtmlTemplate, engine, faults);
            var text = Parse(definition, definition.TextTemplate, engine, faults);
            if (html is not null && text is not null) reports.Add(new Report(definition, html, text));
        }

        return faults.Count == 0 ? new ReportCatalog(reports) : throw new InvalidReportException(faults);
    }

    /// <exception cref="KeyNotFoundException">There is no such report.</exception>
    public Report Get(string id) => Reports.FirstOrDefault(report => report.Definition.Id == id)
        ?? throw new KeyNotFoundException($"There is no report '{id}'. Known are: {string.Join(", ", Reports.Select(report => report.Definition.Id))}.");

    private static ITemplate? Parse(ReportDefinition definition, string file, ITemplateEngine engine, List<ReportFault> faults)
    {
        try
        {
            return engine.Parse(File.ReadAllText(Path.Combine(definition.Directory, file)), file);
        }
        catch (TemplateException wrong)
        {
            faults.Add(new ReportFault(file, wrong.Location.Line, wrong.Problem.TrimEnd('.'), "Correct the template"));
            return null;
        }
    }
}
