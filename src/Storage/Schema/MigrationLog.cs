using ClickHouse.Data;
using Dapper;

namespace LifecycleMetrics.Storage.Schema;

/// <summary>
/// What was applied, statement by statement. ClickHouse changes its schema without transactions, so the intent is
/// written before each statement and the success after it: a run that died is taken up where it stopped.
/// </summary>
internal sealed class MigrationLog(ClickHouseDataSource database, TimeProvider time)
{
    private const string Create = """
        create table if not exists schema_migration
        (
            name           String                          comment 'File name of the migration',
            statement_no   UInt32                          comment 'Statement within the file, from 1',
            sha256         String                          comment 'SHA-256 of the file',
            started_at     DateTime64(3, 'UTC')            comment 'When the statement was begun',
            finished_at    Nullable(DateTime64(3, 'UTC'))  comment 'When it was done; NULL = unknown',
            written_no     UInt8                           comment '1 = intent, 2 = success'
        )
        engine = ReplacingMergeTree(written_no)
        order by (name, statement_no)
        comment 'Applied migrations'
        """;

    public async Task<IReadOnlyList<AppliedStatement>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = database.CreateConnection();
        await connection.ExecuteAsync(new CommandDefinition(Create, cancellationToken: cancellationToken));
        var rows = await connection.QueryAsync<AppliedStatement>(new CommandDefinition(
            """
            select name as Name, toInt32(statement_no) as StatementNo, sha256 as Sha256, finished_at is not null as IsFinished
            from schema_migration final
            order by name, statement_no
            """,
            cancellationToken: cancellationToken));
        return [.. rows];
    }

    public Task IntendAsync(SqlFile file, int statementNo, CancellationToken cancellationToken) =>
        WriteAsync(file, statementNo, isFinished: false, cancellationToken);

    public Task FinishAsync(SqlFile file, int statementNo, CancellationToken cancellationToken) =>
        WriteAsync(file, statementNo, isFinished: true, cancellationToken);

    private async Task WriteAsync(SqlFile file, int statementNo, bool isFinished, CancellationToken cancellationToken)
    {
        await using var connection = database.CreateConnection();
        var now = time.GetUtcNow().UtcDateTime;
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into schema_migration (name, statement_no, sha256, started_at, finished_at, written_no)
            values ({name:String}, {statementNo:UInt32}, {sha256:String}, {startedAt:DateTime64(3, 'UTC')}, {finishedAt:Nullable(DateTime64(3, 'UTC'))}, {writtenNo:UInt8})
            """,
            new ClickHouseParameters(new
            {
                name = file.Name,
                statementNo,
                sha256 = file.Sha256,
                startedAt = now,
                finishedAt = isFinished ? now : (DateTime?)null,
                writtenNo = isFinished ? 2 : 1,
            }),
            cancellationToken: cancellationToken));
    }
}
