using LifecycleMetrics.Lifecycle.Batches;
using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Personas;

namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>Works out the rows of the subjects of a batch from their events.</summary>
internal sealed class SubjectRows(RefreshDatabase database)
{
    private string? _history;

    private static readonly string Events = RefreshStatement.Load("batch_event")
        .Replace("<<events_of_batch>>", RefreshStatement.Load("events_of_batch"), StringComparison.Ordinal);

    // What depends on events alone.
    private static readonly string[] OfEvents = [RefreshStatement.Load("subject_event"), RefreshStatement.Load("subject_touch")];

    private static readonly string AccountHistory = RefreshStatement.Load("account_history").Replace(
        "<<account_event>>",
        RefreshStatement.AccountEvents(
            RefreshTables.Live,
            """
            (
                event.type in ('identify', 'group', 'alias'),
                cast(event.country as String),
                (event.source, cast(event.channel as String), event.campaign)
            )
            """,
            "true"),
        StringComparison.Ordinal);

    /// <summary>Writes the rows of a batch of contacts, or of accounts, as the models say.</summary>
    public async Task WriteAsync(
        PersonaSql personas, IReadOnlyList<JourneySql> models, SqlParameter[] batch, CancellationToken cancellationToken)
    {
        var isOfAccounts = models.Any(model => model.IsOfAccounts);
        if (isOfAccounts)
        {
            await database.ExecuteTextAsync(AccountHistory, batch, cancellationToken);
        }
        else
        {
            await database.ExecuteTextAsync(Events, batch, cancellationToken);
            await database.ExecuteAsync("batch_order_touchpoint", batch, cancellationToken);
            await database.ExecuteAsync("batch_stg_identity", batch, cancellationToken);
            await database.ExecuteTextAsync(personas.Text, [.. batch, .. personas.Parameters], cancellationToken);
            await database.ExecuteTextAsync(await HistoryAsync(cancellationToken), batch, cancellationToken);
        }

        // Visits read the histories. They are most of the work and take every thread that the others leave.
        var ofEvents = isOfAccounts ? [] : OfEvents.Select(text => (text, batch)).ToArray();
        await Task.WhenAll(
            database.ExecuteEachAsync(ofEvents, cancellationToken),
            WriteVisitsAsync(models, batch, cancellationToken));
    }

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
