namespace LifecycleMetrics.Storage.Schema;

/// <summary>A column of a view's select: name and ClickHouse type, as DESCRIBE names them.</summary>
internal sealed class ViewColumn
{
    public string Name { get; set; } = "";

    public string Type { get; set; } = "";
}
