namespace LifecycleMetrics.Reporting.Email.Templates;

/// <summary>Finds the text of templates named by <c>include</c>.</summary>
public interface ITemplateLoader
{
    /// <summary>The template's text, or null when there is none of that name.</summary>
    string? Load(string name);
}
