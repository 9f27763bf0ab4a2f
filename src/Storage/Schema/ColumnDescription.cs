namespace LifecycleMetrics.Storage.Schema;

/// <summary>What a column means.</summary>
public sealed class ColumnDescription
{
    /// <summary>One sentence, with the unit.</summary>
    public string Description { get; set; } = "";

    /// <summary>Whether its values may be summed over rows.</summary>
    public bool Additive { get; set; } = true;
}
