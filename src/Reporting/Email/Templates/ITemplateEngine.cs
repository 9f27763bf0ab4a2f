namespace LifecycleMetrics.Reporting.Email.Templates;

/// <summary>Parses templates in the Scriban language. The seam behind which another engine can stand.</summary>
public interface ITemplateEngine
{
    /// <param name="text">The template.</param>
    /// <param name="file">The name shown in errors.</param>
    /// <exception cref="TemplateException">The text isn't a template of the language.</exception>
    ITemplate Parse(string text, string file);
}
