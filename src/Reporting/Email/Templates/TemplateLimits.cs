namespace LifecycleMetrics.Reporting.Email.Templates;

/// <summary>What one rendering may use. Crossing a limit ends it with a <see cref="TemplateException"/>; nothing is cut short in silence.</summary>
public sealed class TemplateLimits
{
    public static TemplateLimits Default { get; } = new();

    /// <summary>Steps of one loop, and elements of one range.</summary>
    public int LoopSteps { get; init; } = 1_000;

    /// <summary>Depth of function calls and includes, of nested blocks, and of one expression, where each operator of a chain counts.</summary>
    public int Recursion { get; init; } = 100;

    /// <summary>Characters of the output, and of any one string made on the way.</summary>
    public int OutputLength { get; init; } = 1_048_576;

    /// <summary>Elements of a list made by a template.</summary>
    public int ListLength { get; init; } = 100_000;

    /// <summary>Time one regular expression may take.</summary>
    public TimeSpan RegexTime { get; init; } = TimeSpan.FromSeconds(10);
}
