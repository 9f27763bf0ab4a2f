namespace LifecycleMetrics.Reporting.Email.Templates;

/// <summary>A template is wrong, asks for something unknown, or crossed a limit. The message starts with file, line and column.</summary>
public sealed class TemplateException : Exception
{
    public TemplateException(SourceLocation location, string problem, Exception? innerException = null)
        : base($"{location}: {problem}", innerException)
    {
        Location = location;
        Problem = problem;
    }

    public SourceLocation Location { get; }

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }
}
