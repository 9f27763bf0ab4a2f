using ClickHouse.Data;
using Xunit;

namespace LifecycleMetrics.Testing;

/// <summary>Copies the tables, views and rows of one database to another that has nothing yet, as they are.</summary>
internal sealed class SchemaCopy(ClickHouseDataSource target, string from, string to)
{
    // Views name their columns, so that they can come in any order; what an insert starts needs the tables it reads and fills.
    private const string Relations =
        """
        select name, create_table_query, engine, ifNull(total_rows, 0) > 0
        from system.tables
        where database = {from:String} and ({views:Bool} or engine != 'View')
        order by engine = 'MaterializedView', engine = 'View', name
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task MakeAsync(bool views)
    {
        var relations = await ReadAsync(views);
        foreach (var relation in relations) await ExecuteAsync(relation.Create.Replace($"{from}.", $"{to}.", StringComparison.Ordinal));
        foreach (var relation in relations.Where(relation => relation.HasRows))
            await ExecuteAsync($"insert into {to}.{relation.Name} select * from {from}.{relation.Name}");
    }

    private async Task<IReadOnlyList<(string Name, string Create, bool HasRows)>> ReadAsync(bool views)
    {
        await using var command = target.CreateCommand(Relations);
        command.Parameters.Add(new ClickHouseParameter("from", from, "String"));
        command.Parameters.Add(new ClickHouseParameter("views", views, "Bool"));
        await using var reader = await command.ExecuteReaderAsync(Stop);
        var relations = new List<(string, string, bool)>();
        while (await reader.ReadAsync(Stop)) relations.Add(((string)reader[0], (string)reader[1], (string)reader[2] != "View" && Convert.ToBoolean(reader[3], null)));
        return relations;
    }

    private async Task ExecuteAsync(string statement)
    {
        await using var command = target.CreateCommand(statement);
        // What a test leaves behind is thrown away; no need to wait for the disk.
        command.Settings["fsync_metadata"] = "0";
        await command.ExecuteNonQueryAsync(Stop);
    }
}
