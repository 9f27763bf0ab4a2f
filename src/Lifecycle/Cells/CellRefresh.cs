using System.Collections.Concurrent;
using LifecycleMetrics.Lifecycle.Batches;
using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Visits;

namespace LifecycleMetrics.Lifecycle.Cells;

/// <summary>
/// Keeps the cells equal to the sum of what all subjects contribute: a run puts in what the subjects of its work list
/// contribute as they are and takes out what they contributed as they were.
/// </summary>
internal sealed class CellRefresh(RefreshDatabase database, Func<string, bool> isFamilyKept)
{
    private CellSchema? _schema;
    private IReadOnlyList<FamilyBatch>? _families;

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

    /// <summary>Makes the tables in memory for what the subjects of a batch contribute.</summary>
    public async Task CreateBatchTablesAsync(CancellationToken cancellationToken)
    {
        foreach (var family in (await SchemaAsync(cancellationToken)).Families)
        {
            await database.ExecuteTextAsync(family.CreateBatch(), [], cancellationToken);
        }
    }

    /// <summary>
    /// Puts in what the subjects of the batch contribute at T as they are, takes out what they contributed as they were, and
    /// notes when that changes next.
    /// </summary>
    public async Task ChangeAsync(IReadOnlyList<SqlParameter> batch, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync("batch_journey_change", batch, cancellationToken);
        await database.ExecuteAsync("batch_change", batch, cancellationToken);
        var changed = await database.QueryAsync(
            "select groupBitOr(changed) from batch_change", [], row => (Facets)Convert.ToUInt32(row[0], null), cancellationToken);
        await ApplyAsync(
            [.. (await FamiliesAsync(cancellationToken)).Where(family => family.IsConcerned(changed[0]))],
            family => (family.ContributeChanged(), family.Family.SumChanged()),
            batch,
            cancellationToken);
        await database.ExecuteAsync("subject_due", batch, cancellationToken);
    }

    /// <summary>Puts in what the subjects of the batch contribute at T, into cells that know nothing of them yet.</summary>
    public async Task BuildAsync(IReadOnlyList<SqlParameter> batch, CancellationToken cancellationToken)
    {
        await ApplyAsync(
            await FamiliesAsync(cancellationToken),
            family => (family.ContributeAll(), family.Family.SumAll()),
            batch,
            cancellationToken);
        await database.ExecuteAsync("subject_due", batch, cancellationToken);
    }

    // Few subjects contribute to few families. Their rows may stay where they are until those of all families are looked at in one
    // statement.
    private async Task ApplyAsync(
        IReadOnlyList<FamilyBatch> families,
        Func<FamilyBatch, (string Contribute, string Sum)> statements,
        IReadOnlyList<SqlParameter> batch,
        CancellationToken cancellationToken)
    {
        var left = new ConcurrentBag<CellFamily>();
        await ForEachAsync(
            families,
            async family =>
            {
                var (contribute, sum) = statements(family);
                await database.ExecuteOneOfSeveralAsync(family.Family.ClearBatch(), [], cancellationToken);
                if (await database.ExecuteOneOfSeveralAsync(contribute, batch, cancellationToken) == 0)
                {
                    return;
                }

                await database.ExecuteOneOfSeveralAsync(sum, batch, cancellationToken);
                if (database.IsOfFewRows)
                {
                    left.Add(family.Family);
                    return;
                }

                await database.ExecuteOneOfSeveralAsync(CellFamily.NoteDue(family.Family), batch, cancellationToken);
                await database.ExecuteOneOfSeveralAsync(family.Family.ClearBatch(), [], cancellationToken);
            },
            cancellationToken);
        if (!left.IsEmpty)
        {
            await database.ExecuteTextAsync(CellFamily.NoteDue(left), batch, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<FamilyBatch>> FamiliesAsync(CancellationToken cancellationToken)
    {
        if (_families is null)
        {
            var schema = await SchemaAsync(cancellationToken);
            var views = await BatchViews.ReadAsync(database, cancellationToken);
            // The widest take longest and go first, so that none is left alone at the end.
            _families = [.. schema.Families.OrderByDescending(family => family.Measures.Count).Select(family => new FamilyBatch(family, views.For(family.Contributions)))];
        }

        return _families;
    }

    /// <summary>Copies all cells into a base of their own with one row each; many runs leave many rows behind.</summary>
    public async Task CompactAsync(IReadOnlyList<SqlParameter> run, CancellationToken cancellationToken) => await ForEachAsync(
        (await SchemaAsync(cancellationToken)).Families,
        family => database.ExecuteTextAsync(family.Compact(), run, cancellationToken),
        cancellationToken);

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

    // Statements of different families don't touch each other.
    private static Task ForEachAsync<T>(
        IReadOnlyList<T> families, Func<T, Task> run, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            families,
            new ParallelOptions { MaxDegreeOfParallelism = RefreshDatabase.StatementsAtATime, CancellationToken = cancellationToken },
            async (family, _) => await run(family));
}
