using System.Security.Cryptography;
using System.Text;
using ClickHouse.Data;
using Dapper;

namespace LifecycleMetrics.Storage.Schema;

/// <summary>
/// What the views were last made from and what they looked like then. While both are unchanged there is nothing to do:
/// a start is short, and takes no lock that it could leave behind when it is killed.
/// </summary>
internal sealed class ViewState(ClickHouseDataSource database, TimeProvider time)
{
    private const string Create = """
        create table if not exists schema_view_state
        (
            files_sha256  String                  comment 'SHA-256 of the files the views were made from',
            views_hash    UInt128                 comment 'Hash of the views'' definitions after that, as the database shows them',
            made_at       DateTime64(3, 'UTC')    comment 'When they were made'
        )
        engine = ReplacingMergeTree(made_at)
        order by tuple()
        comment 'State of the views after they were last replaced'
        """;

    // Exact: one character of one view changed by hand makes another hash. A copy of the database under another name has the
    // same views.
    private const string ViewsHash = """
        (
            select sipHash128(arraySort(groupArray((name, replaceAll(create_table_query, concat(currentDatabase(), '.'), '')))))
            from system.tables
            where database = currentDatabase() and engine = 'View'
        )
        """;

    public static string FilesSha256(IEnumerable<ViewFile> views, IEnumerable<string> others)
    {
        var all = string.Join('\0', views.Select(view => $"{view.Name}\0{view.Comment}\0{view.File.Sha256}").Concat(others));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)));
    }

    /// <summary>True if the views are as the last replacement left them, and it was made from the same files.</summary>
    public async Task<bool> IsCurrentAsync(string filesSha256, CancellationToken cancellationToken)
    {
        await using var connection = database.CreateConnection();
        var found = await connection.QuerySingleAsync<string>(new CommandDefinition(
            $"""
            select toString(count() > 0)
            from schema_view_state final
            where files_sha256 = {"{filesSha256:String}"} and views_hash = reinterpretAsUInt128({ViewsHash})
            """,
            new ClickHouseParameters(new { filesSha256 }),
            cancellationToken: cancellationToken));
        return found is "1" or "true";
    }

    public async Task CreateTableAsync(CancellationToken cancellationToken)
    {
        await using var connection = database.CreateConnection();
        await connection.ExecuteAsync(new CommandDefinition(Create, cancellationToken: cancellationToken));
    }

    public async Task WriteAsync(string filesSha256, CancellationToken cancellationToken)
    {
        await using var connection = database.CreateConnection();
        await connection.ExecuteAsync(new CommandDefinition(
            $$"""
            insert into schema_view_state (files_sha256, views_hash, made_at)
            select {filesSha256:String}, reinterpretAsUInt128({{ViewsHash}}), {madeAt:DateTime64(3, 'UTC')}
            """,
            new ClickHouseParameters(new { filesSha256, madeAt = time.GetUtcNow().UtcDateTime }),
            cancellationToken: cancellationToken));
    }
}
