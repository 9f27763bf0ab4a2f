namespace ClickHouse.Data;

/// <summary>What the server stored.</summary>
/// <param name="QueryId">The id under which the server knows the insert.</param>
/// <param name="WrittenRows">Rows written, those of materialized views included; 0 for a block that was stored before.</param>
/// <param name="WrittenBytes">Their size in memory.</param>
public sealed record ClickHouseInsertResult(string QueryId, long WrittenRows, long WrittenBytes);
