using LifecycleMetrics.Lifecycle.Visits;

namespace LifecycleMetrics.Lifecycle.Cells;

/// <summary>What the database has of cells: the families, and a hash that tells whether their definitions have changed.</summary>
/// <param name="Families">All families, by name.</param>
/// <param name="DefinitionsHash">Hash of the views the contributions are taken from and of the cell tables.</param>
internal sealed record CellSchema(IReadOnlyList<CellFamily> Families, ulong DefinitionsHash)
{
    private const string Columns = """
        select
            table,
            groupArrayIf(name, is_in_sorting_key) as keys,
            groupArrayIf(name, not is_in_sorting_key) as measures
        from (
            select table, name, is_in_sorting_key
            from system.columns
            where database = currentDatabase() and endsWith(table, '_cell')
            order by table, position
        )
        group by table
        order by table
        """;

    private const string Definitions = """
        select sipHash64(arraySort(groupArray((name, create_table_query))))
        from system.tables
        where database = currentDatabase()
            and (endsWith(name, '_cell') or startsWith(name, 'int_') or startsWith(name, 'stg_'))
        """;

    public static async Task<CellSchema> ReadAsync(RefreshDatabase database, CancellationToken cancellationToken)
    {
        var families = await database.QueryAsync(
            Columns,
            [],
            row => new CellFamily(
                ((string)row[0])[..^"_cell".Length],
                [.. ((string[])row[1]).Except(CellFamily.CommonColumns)],
                [.. ((string[])row[2]).Except(CellFamily.CommonColumns)]),
            cancellationToken);
        var hashes = await database.QueryAsync(Definitions, [], row => Convert.ToUInt64(row[0], null), cancellationToken);
        return new CellSchema(families, hashes[0]);
    }
}
