using LifecycleMetrics.Lifecycle.Batches;
using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Personas;

namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>Works out the rows of the subjects of a batch from their events.</summary>
internal sealed class SubjectRows(RefreshDatabase database)
{
    private string? _history;

    private static readonly string OfContacts = EventsOf("events_of_contacts");
    private static readonly string OfAccounts = EventsOf("events_of_accounts");

    /// <summary>Writes the rows of a batch of contacts, or of accounts, as the models say.</summary>
    public async Task WriteAsync(
        PersonaSql personas, IReadOnlyList<JourneySql> models, SqlParameter[] batch, CancellationToken cancellationToken)
    {
        var isOfAccounts = models.Any(model => model.IsOfAccounts);
        if (isOfAccounts)
        {
            // The contacts before are done with theirs.
            await database.ExecuteTextAsync("truncate table batch_event", [], cancellationToken);
            await database.ExecuteTextAsync(OfAccounts, batch, cancellationToken);
            await database.ExecuteAsync("account_history", batch, cancellationToken);
        }
        else
        {
            await database.ExecuteTextAsync(OfContacts, batch, cancellationToken);
            await database.ExecuteAsync("batch_order_touchpoint", batch, cancellationToken);
            await database.ExecuteAsync("batch_stg_identity", batch, cancellationToken);
            await database.ExecuteTextAsync(personas.Text, [.. batch, .. personas.Parameters], cancellationToken);
            await database.ExecuteTextAsync(await HistoryAsync(cancellationToken), batch, cancellationToken);
        }

        // What depends on events alone; that of accounts is counted with their members, but for touches. Visits read the
        // histories, are most of the work and take every thread that the others leave.
        string[] ofEvents = isOfAccounts ? ["subject_touch"] : ["subject_event", "subject_touch"];
        await Task.WhenAll(
            database.ExecuteEachAsync([.. ofEvents.Select(name => (RefreshStatement.Load(name), batch))], cancellationToken),
            WriteVisitsAsync(models, batch, cancellationToken));
    }

    private static string EventsOf(string subjects) => RefreshStatement.Load("batch_event")
        .Replace("<<events_of_subjects>>", RefreshStatement.Load(subjects), StringComparison.Ordinal);

    private async Task WriteVisitsAsync(IReadOnlyList<JourneySql> models, SqlParameter[] batch, CancellationToken cancellationToken)
    {
        foreach (var model in models)
        {
            await database.ExecuteTextAsync(model.Text, [.. batch, .. model.Parameters], cancellationToken);
        }
    }

    private async Task<string> HistoryAsync(CancellationToken cancellationToken) =>
        _history ??= RefreshStatement.Load("subject_history").Replace(
            "<<stg_order>>", (await BatchViews.ReadAsync(database, cancellationToken)).For("stg_order"), StringComparison.Ordinal);

    /// <summary>Marks as deleted what the run looked at and found nothing of: merged into others, or erased.</summary>
    public Task DeleteLeftAsync(SqlParameter[] run, IReadOnlyList<JourneySql> models, CancellationToken cancellationToken)
    {
        var deletion = RefreshStatement.Load("delete_subjects");
        var modelVersions = new SqlParameter("model_versions", "Array(String)", models.SelectMany(statement => statement.ModelVersions).ToArray());
        return database.ExecuteEachAsync(
            [
                (RefreshStatement.Load("delete_journeys"), [.. run, modelVersions]),
                .. SubjectBatch.SubjectTables
                    .Where(table => table != "subject_journey")
                    .Select(table => (deletion.Replace("<<table>>", table, StringComparison.Ordinal), run)),
            ],
            cancellationToken);
    }
}
