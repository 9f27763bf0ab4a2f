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
            groupArrayIf(type, is_in_sorting_key) as key_types,
            groupArrayIf(name, not is_in_sorting_key) as measures,
            groupArrayIf(type, not is_in_sorting_key) as measure_types
        from (
            select table, name, type, is_in_sorting_key
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
                ((string)row["table"])[..^"_cell".Length],
                Own((string[])row["keys"], (string[])row["key_types"]),
                Own((string[])row["measures"], (string[])row["measure_types"])),
            cancellationToken);
        var hashes = await database.QueryAsync(Definitions, [], row => Convert.ToUInt64(row[0], null), cancellationToken);
        return new CellSchema(families, hashes[0]);
    }

    private static CellColumn[] Own(string[] names, string[] types) =>
    [
        .. names.Zip(types, (name, type) => new CellColumn(name, type))
            .Where(column => !CellFamily.CommonColumns.Contains(column.Name)),
    ];
}
