namespace LifecycleMetrics.Reporting.OData.Schema;

/// <summary>A column of a published view as <c>system.columns</c> shows it.</summary>
internal sealed record PublishedColumn(string Name, string Type, string Comment)
{
    private const string NotAdditive = "[not additive]";

    public bool IsAdditive => !Comment.EndsWith(NotAdditive, StringComparison.Ordinal);

    public string Description => IsAdditive ? Comment : Comment[..^NotAdditive.Length].TrimEnd();
}
