using System.Globalization;

namespace LifecycleMetrics.Reporting.Email.Templates;

/// <summary>What surrounds one rendering.</summary>
public sealed class TemplateSettings
{
    /// <summary>Culture of numbers and dates; invariant unless the report sets one.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    public TemplateLimits Limits { get; init; } = TemplateLimits.Default;

    /// <summary>Where <c>include</c> looks; null means that nothing can be included.</summary>
    public ITemplateLoader? Loader { get; init; }

    /// <summary>The clock of <c>date.now</c>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
