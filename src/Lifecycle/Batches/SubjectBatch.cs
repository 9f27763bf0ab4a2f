using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Visits;

namespace LifecycleMetrics.Lifecycle.Batches;

/// <summary>
/// The subjects of one batch in tables in memory, each as it was before the run and as it is now. A table
/// <c>batch_T</c> stands for each table T of rows by subject; the end of a row's subject_id says which of the two it is, so
/// that a view of contributions takes them for two subjects. What a batch needs is read once, and all that follows works on
/// few rows without parts, indexes or versions.
/// </summary>
internal sealed class SubjectBatch(RefreshDatabase database)
{
    /// <summary>
    /// The tables with one row (or one a model) by subject that the refresh writes. The largest come first, so that none is
    /// left alone at the end.
    /// </summary>
    public static readonly IReadOnlyList<string> SubjectTables = ["subject_journey", "subject_event", "subject_history", "subject_touch", "subject_persona"];

    /// <summary>The relations that orders are put together from.</summary>
    public static readonly IReadOnlyList<string> OrderTables = ["order_touchpoint", "stg_identity"];

    /// <summary>Ends the id of a subject as it is.</summary>
    public const string Present = "+";

    /// <summary>Ends the id of a subject as it was.</summary>
    public const string Former = "-";

    // What has become a part of another subject is in the work list by its key alone.
    private static readonly string Subjects = $$"""
        select subject_id
        from refresh_key
        where refresh_no = {refresh_no:UInt64} and bucket = {bucket:UInt32} and {{IsOfUnits("subject_id")}}
        """;

    private static readonly string SubjectsAndMerged = $$"""
        {{Subjects}}
        union distinct
        select subject_key
        from refresh_key
        where refresh_no = {refresh_no:UInt64} and bucket = {bucket:UInt32} and {{IsOfUnits("subject_id")}}
        """;

    /// <summary>The table in memory that stands for <paramref name="table"/>.</summary>
    public static string TableFor(string table) => $"batch_{table}";

    /// <summary>Makes the tables, as the tables they stand for are now.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        foreach (var table in SubjectTables.Append("order_touchpoint"))
        {
            await database.ExecuteTextAsync(
                $"create or replace table {TableFor(table)} as {table} engine = Memory", [], cancellationToken);
        }
    }

    /// <summary>Empties the tables for the next batch.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        foreach (var table in SubjectTables.Concat(OrderTables).Concat(["event", "change", "journey_change", "due"]))
        {
            await database.ExecuteTextAsync($"truncate table {TableFor(table)}", [], cancellationToken);
        }
    }

    /// <summary>Takes in the subjects of a batch, and those now merged into them, as they were.</summary>
    public Task TakeFormerAsync(SqlParameter[] batch, CancellationToken cancellationToken) =>
        ForEachAsync(table => Take(table, Former, SubjectsAndMerged), batch, cancellationToken);

    /// <summary>Takes in the subjects of a batch as the tables of all have them.</summary>
    public Task TakePresentAsync(SqlParameter[] batch, CancellationToken cancellationToken) =>
        ForEachAsync(table => Take(table, Present, Subjects), batch, cancellationToken);

    /// <summary>Keeps the subjects of the batch as they are now in the tables of all.</summary>
    public Task KeepAsync(SqlParameter[] batch, CancellationToken cancellationToken) =>
        ForEachAsync(Keep, batch, cancellationToken);

    private static string Keep(string table) =>
        $"""
        insert into {table}
        select * replace (substring(kept.subject_id, 1, length(kept.subject_id) - {Present.Length}) as subject_id)
        from {TableFor(table)} as kept
        where endsWith(kept.subject_id, '{Present}')
            and {IsOfUnits("kept.subject_id")}
        """;

    private static string IsOfUnits(string subject) => $$"""if(startsWith({{subject}}, 'g:'), 'account', 'contact') in {units:Array(String)}""";

    private Task ForEachAsync(Func<string, string> statement, SqlParameter[] batch, CancellationToken cancellationToken) =>
        database.ExecuteEachAsync([.. SubjectTables.Select(table => (statement(table), batch))], cancellationToken);

    private static string Take(string table, string mark, string subjects) =>
        $"""
        insert into {TableFor(table)}
        select * replace (concat(kept.subject_id, '{mark}') as subject_id)
        from {table} as kept final
        where kept.subject_id in ({subjects})
        """;
}
