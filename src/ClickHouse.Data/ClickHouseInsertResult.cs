namespace ClickHouse.Data;

/// <summary>What the server stored.</summary>
/// <param name="QueryId">The id under which the server knows the insert.</param>
/// <param name="WrittenRows">Rows that the server took, those of materialized views included; those of a block that it had stored before count too.</param>
/// <param name="WrittenBytes">Their size in memory.</param>
public sealed record ClickHouseInsertResult(string QueryId, long WrittenRows, long WrittenBytes);
