using LifecycleMetrics.Reporting.Email.Templates;

namespace LifecycleMetrics.Reporting.Tests.Email.Templates;

/// <summary>Templates held in memory.</summary>
internal sealed class Pages(params (string Name, string Text)[] pages) : ITemplateLoader
{
    public string? Load(string name) => pages.FirstOrDefault(page => page.Name == name).Text;
}
