using ClickHouse.Data;
using Dapper;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Storage.Schema;

/// <summary>Applies the numbered scripts that are not applied yet.</summary>
internal sealed class TableMigrations(ClickHouseDataSource database, MigrationLog log, ILogger logger)
{
    private const int TableAlreadyExists = 57;

    /// <summary>True if nothing is left to apply; any doubt is left to <see cref="ApplyAsync(IReadOnlyList{SqlFile}, CancellationToken)"/>.</summary>
    public async Task<bool> AreAppliedAsync(IReadOnlyList<SqlFile> files, CancellationToken cancellationToken)
    {
        var applied = await log.ReadAsync(cancellationToken);
        var expected = files.SelectMany(file => StatementSplitter.Split(file.Text).Select((_, i) => (file.Name, i + 1, file.Sha256)));
        return applied.All(statement => statement.IsFinished)
            && applied.Select(statement => (statement.Name, statement.StatementNo, statement.Sha256)).ToHashSet().SetEquals(expected);
    }

    public async Task ApplyAsync(IReadOnlyList<SqlFile> files, CancellationToken cancellationToken)
    {
        var applied = (await log.ReadAsync(cancellationToken)).ToLookup(s => s.Name);
        RefuseUnknown(applied, files);
        foreach (var file in files)
            await ApplyAsync(file, applied[file.Name].ToDictionary(s => s.StatementNo), cancellationToken);
    }

    private static void RefuseUnknown(ILookup<string, AppliedStatement> applied, IReadOnlyList<SqlFile> files)
    {
        var known = files.Select(f => f.Name).ToHashSet();
        var unknown = applied.Select(a => a.Key).Where(name => !known.Contains(name)).Order(StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0)
            throw new SchemaException(
                $"The database was made by a newer version: this program does not know {string.Join(", ", unknown)}. " +
                "Run the newer version, or restore a backup from before it.");
    }

    private async Task ApplyAsync(
        SqlFile file, Dictionary<int, AppliedStatement> applied, CancellationToken cancellationToken)
    {
        if (applied.Values.FirstOrDefault(s => s.Sha256 != file.Sha256) is { } other)
            throw new SchemaException(
                $"{file.Path} was changed after it was applied (applied {other.Sha256[..12]}, now {file.Sha256[..12]}). " +
                "Restore the file and put the change into a new one with the next number.");
        var statements = StatementSplitter.Split(file.Text);
        for (var no = 1; no <= statements.Count; no++)
        {
            var before = applied.GetValueOrDefault(no);
            if (before is { IsFinished: true }) continue;
            await log.IntendAsync(file, no, cancellationToken);
            await ExecuteAsync(file, no, statements[no - 1], inDoubt: before is not null, cancellationToken);
            await log.FinishAsync(file, no, cancellationToken);
            Log.Applied(logger, file.Name, no, statements.Count);
        }
    }

    private async Task ExecuteAsync(
        SqlFile file, int no, string statement, bool inDoubt, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = database.CreateConnection();
            await connection.ExecuteAsync(new CommandDefinition(statement, cancellationToken: cancellationToken));
        }
        catch (ClickHouseException e) when (inDoubt && e.ServerCode == TableAlreadyExists)
        {
            // The run that died had got this far: creating a table happens wholly or not at all.
            Log.FoundApplied(logger, file.Name, no);
        }
        catch (ClickHouseException e)
        {
            throw new SchemaException($"{file.Path}, statement {no}: {e.Message}", e);
        }
    }
}
