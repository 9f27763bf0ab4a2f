using LifecycleMetrics.Reporting.Email.Templates.Parsing;

namespace LifecycleMetrics.Reporting.Email.Templates;

/// <summary>The built-in engine: the subset of the Scriban language that docs/email-reports.md lists.</summary>
public sealed class TemplateEngine(TemplateLimits? limits = null) : ITemplateEngine
{
    public ITemplate Parse(string text, string file)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(file);
        return new Template(Parser.Parse(text, file, limits ?? TemplateLimits.Default));
    }
}
