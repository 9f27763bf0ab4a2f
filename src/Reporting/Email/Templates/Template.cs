using LifecycleMetrics.Reporting.Email.Templates.Evaluation;
using LifecycleMetrics.Reporting.Email.Templates.Syntax;

namespace LifecycleMetrics.Reporting.Email.Templates;

internal sealed class Template(Block body) : ITemplate
{
    public string Render(
        IReadOnlyDictionary<string, object?> model, TemplateSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(settings);
        var context = new EvaluationContext(TemplateModel.Copy(model), settings, cancellationToken);
        body.Execute(context);
        return context.Output.ToString();
    }
}
