using LifecycleMetrics.Reporting.Email.Templates;

namespace LifecycleMetrics.Reporting.Tests.Email.Templates;

/// <summary>Renders a template in one call.</summary>
internal static class Render
{
    public static string Text(string template, object? model = null, TemplateSettings? settings = null)
    {
        var values = model switch
        {
            null => new Dictionary<string, object?>(),
            IReadOnlyDictionary<string, object?> map => map,
            _ => model.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(model)),
        };
        settings ??= new TemplateSettings();
        return new TemplateEngine(settings.Limits).Parse(template, "test.sbn").Render(values, settings, TestContext.Current.CancellationToken);
    }

    public static TemplateException Fails(string template, object? model = null, TemplateSettings? settings = null) =>
        Assert.Throws<TemplateException>(() => Text(template, model, settings));
}
