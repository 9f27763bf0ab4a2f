namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>The tables in which visits are worked out: the live ones, or others beside them that nobody reads.</summary>
/// <param name="WorkList">The subjects to work out and their keys.</param>
/// <param name="AccountList">The accounts to work out and the keys of their members.</param>
/// <param name="Journeys">Where their visits go.</param>
/// <param name="IsLive">Whether the run has just written the histories of these subjects, or they are only read.</param>
internal sealed record RefreshTables(string WorkList, string AccountList, string Journeys, bool IsLive)
{
    /// <summary>The tables that readers see.</summary>
    public static readonly RefreshTables Live = new("refresh_key", "refresh_account", "subject_journey", true);

    /// <summary>The statement with the tables filled in.</summary>
    public string FillIn(string statement) => statement
        .Replace("<<work_list>>", WorkList, StringComparison.Ordinal)
        .Replace("<<account_list>>", AccountList, StringComparison.Ordinal)
        .Replace("<<journeys>>", Journeys, StringComparison.Ordinal)
        .Replace("<<final>>", IsLive ? "" : " final", StringComparison.Ordinal)
        .Replace("<<is_new>>", IsLive ? "version = {refresh_no:UInt64}\n            and " : "", StringComparison.Ordinal);
}
