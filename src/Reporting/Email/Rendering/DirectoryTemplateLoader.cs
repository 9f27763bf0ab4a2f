using LifecycleMetrics.Reporting.Email.Templates;

namespace LifecycleMetrics.Reporting.Email.Rendering;

/// <summary>Includes templates that lie beside the report's own.</summary>
internal sealed class DirectoryTemplateLoader(string directory) : ITemplateLoader
{
    public string? Load(string name)
    {
        // A name with a path in it would leave the folder.
        if (name != Path.GetFileName(name) || !name.Contains(".sbn-", StringComparison.Ordinal)) return null;
        var path = Path.Combine(directory, name);
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }
}
