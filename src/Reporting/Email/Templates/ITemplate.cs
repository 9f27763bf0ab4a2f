namespace LifecycleMetrics.Reporting.Email.Templates;

/// <summary>A parsed template: immutable, may be rendered many times and by several threads.</summary>
public interface ITemplate
{
    /// <summary>Renders with a model of dictionaries, sequences, strings, numbers, booleans and dates. The model isn't changed.</summary>
    /// <exception cref="TemplateException">An unknown name, a wrong type or a crossed limit.</exception>
    string Render(IReadOnlyDictionary<string, object?> model, TemplateSettings settings, CancellationToken cancellationToken);
}
