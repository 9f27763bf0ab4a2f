namespace LifecycleMetrics.Ingest.Importing;

/// <summary>What a column of an orders file can be.</summary>
public enum ImportField
{
    OrderId,
    Customer,
    Date,

    /// <summary>Whole amount of the line.</summary>
    Amount,
    Quantity,
    UnitPrice,
    Currency,
    Country,
}
