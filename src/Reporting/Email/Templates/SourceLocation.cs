namespace LifecycleMetrics.Reporting.Email.Templates;

/// <summary>A place in a template: file name, line and column, both counted from 1.</summary>
public readonly record struct SourceLocation(string File, int Line, int Column)
{
    public override string ToString() => FormattableString.Invariant($"{File}({Line},{Column})");
}
