using LifecycleMetrics.Lifecycle.Batches;

namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>The tables in which visits are worked out: the live ones, or others beside them that nobody reads.</summary>
/// <param name="WorkList">The subjects to work out and their keys.</param>
/// <param name="AccountList">The accounts to work out and the keys of their members.</param>
/// <param name="Events">The events of the subjects of a batch.</param>
/// <param name="Histories">The histories of the subjects of a batch; a table or a query in brackets.</param>
/// <param name="Journeys">Where their visits go.</param>
internal sealed record RefreshTables(string WorkList, string AccountList, string Events, string Histories, string Journeys)
{
    /// <summary>The tables that readers see, before they do.</summary>
    public static readonly RefreshTables Live = new(
        "refresh_key",
        "refresh_account",
        "batch_event",
        $"(select * from batch_subject_history where endsWith(subject_id, '{SubjectBatch.Present}'))",
        "batch_subject_journey");

    /// <summary>The statement with the tables filled in.</summary>
    public string FillIn(string statement) => statement
        .Replace("<<work_list>>", WorkList, StringComparison.Ordinal)
        .Replace("<<account_list>>", AccountList, StringComparison.Ordinal)
        .Replace("<<events>>", Events, StringComparison.Ordinal)
        .Replace("<<histories>>", Histories, StringComparison.Ordinal)
        .Replace("<<journeys>>", Journeys, StringComparison.Ordinal);
}
