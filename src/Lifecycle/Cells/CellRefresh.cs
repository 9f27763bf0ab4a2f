using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Visits;

namespace LifecycleMetrics.Lifecycle.Cells;

/// <summary>
/// Keeps the cells equal to the sum of what all subjects contribute: a run takes out what the subjects of its work list
/// contributed before their rows are replaced, and puts in what they contribute after.
/// </summary>
internal sealed class CellRefresh(RefreshDatabase database, Func<string, bool> isFamilyKept)
{
    // Statements of different families don't touch each other; two at a time keep a second core busy.
    public const int StatementsAtATime = 2;

    private CellSchema? _schema;

    /// <summary>The families and their definitions, as they were when this process first looked.</summary>
    public async Task<CellSchema> SchemaAsync(CancellationToken cancellationToken)
    {
        if (_schema is null)
        {
            var all = await CellSchema.ReadAsync(database, cancellationToken);
            _schema = all with { Families = [.. all.Families.Where(family => isFamilyKept(family.Name))] };
        }

        return _schema;
    }

    /// <summary>Takes out what the subjects of a batch contributed at the T of the last run.</summary>
    public Task SubtractAsync(IReadOnlyList<SqlParameter> batch, DateTime lastAsOf, CancellationToken cancellationToken) =>
        ForEachAsync(
            family => database.ExecuteTextAsync(family.Subtract(), [.. batch, Until(lastAsOf)], cancellationToken), cancellationToken);

    /// <summary>Puts in what the subjects of a batch contribute at T, and notes when that changes next.</summary>
    public async Task AddAsync(IReadOnlyList<SqlParameter> batch, DateTime asOf, CancellationToken cancellationToken)
    {
        SqlParameter[] parameters = [.. batch, Until(asOf)];
        var due = NoteDueAsync(parameters, cancellationToken);
        await ForEachAsync(family => database.ExecuteTextAsync(family.Add(), parameters, cancellationToken), cancellationToken);
        await due;
    }

    private async Task NoteDueAsync(SqlParameter[] parameters, CancellationToken cancellationToken)
    {
        var schema = await SchemaAsync(cancellationToken);
        if (schema.Families.Count > 0)
        {
            var instants = string.Join("\nunion all\n", schema.Families.Select(family => family.Due()));
            await database.ExecuteTextAsync(
                $$"""
                insert into subject_due (subject_id, due_at, version)
                select subject_id, min(effective_at), {refresh_no:UInt64}
                from ({{instants}})
                group by subject_id
                """,
                parameters,
                cancellationToken);
        }
    }

    /// <summary>Copies all cells into a base of their own with one row each; many runs leave many rows behind.</summary>
    public Task CompactAsync(IReadOnlyList<SqlParameter> run, CancellationToken cancellationToken) =>
        ForEachAsync(family => database.ExecuteTextAsync(family.Compact(), run, cancellationToken), cancellationToken);

    /// <summary>Drops the cells of all bases but one.</summary>
    public async Task DropOtherBasesAsync(ulong baseNo, CancellationToken cancellationToken)
    {
        var partitions = await database.QueryAsync(
            """
            select distinct table, partition
            from system.parts
            where database = currentDatabase() and endsWith(table, '_cell') and active and partition != {base_no:String}
            """,
            [new SqlParameter("base_no", "String", baseNo.ToString(System.Globalization.CultureInfo.InvariantCulture))],
            row => ((string)row[0], ulong.Parse((string)row[1], System.Globalization.CultureInfo.InvariantCulture)),
            cancellationToken);
        foreach (var (table, partition) in partitions)
        {
            await database.ExecuteTextAsync($"alter table {table} drop partition {partition}", [], cancellationToken);
        }
    }

    private static SqlParameter Until(DateTime asOf) => new("effective_until", "DateTime64(3, 'UTC')", asOf);

    private async Task ForEachAsync(Func<CellFamily, Task> run, CancellationToken cancellationToken)
    {
        var schema = await SchemaAsync(cancellationToken);
        await Parallel.ForEachAsync(
            schema.Families,
            new ParallelOptions { MaxDegreeOfParallelism = StatementsAtATime, CancellationToken = cancellationToken },
            async (family, _) => await run(family));
    }
}
