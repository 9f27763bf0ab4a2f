using System.Globalization;
using ClickHouse.Data;
using Dapper;

namespace LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

/// <summary>Compares what ClickHouse holds with what was acknowledged.</summary>
internal sealed class Books(string connectionString) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ClickHouseDataSource _database = new(connectionString);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>
    /// Waits until everything acknowledged is there; then nothing may be lost, doubled or unheard of, and every refused
    /// event must be in the dead letters.
    /// </summary>
    /// <param name="load">What was sent and what was said to it.</param>
    /// <param name="server">Whose dead letters are looked at.</param>
    /// <param name="mayRepeatRows">True if rows may lie in the table twice, which count once: ClickHouse lost its record of tokens.</param>
    /// <param name="damaged">Acknowledged events that were destroyed on disk: just these may be missing.</param>
    public async Task BalanceAsync(Load load, FaultServer server, bool mayRepeatRows = false, IReadOnlySet<string>? damaged = null)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(load.Figures);
        Assert.NotEmpty(load.Acknowledged);
        await HoldAsync([.. load.Acknowledged.Where(id => damaged?.Contains(id) != true)], mayRepeatRows);
        Assert.Empty(load.Refused.Except(DeadLetterIds(server)).Order(StringComparer.Ordinal));
    }

    /// <summary>Waits until these events are there; then each must be there once, and nothing else.</summary>
    /// <param name="expected">Their ids.</param>
    /// <param name="mayRepeatRows">True if rows may lie in the table twice, which count once.</param>
    public async Task HoldAsync(IReadOnlyCollection<string> expected, bool mayRepeatRows = false)
    {
        var stored = await StoredAsync(expected.Count);
        var rows = stored.Values.Sum();
        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant($"{stored.Count} events stored in {rows} rows, {expected.Except(stored.Keys).Count()} lost, {stored.Count(s => s.Value > 1)} in more than one row"));

        Assert.Empty(expected.Except(stored.Keys).Order(StringComparer.Ordinal));
        Assert.Empty(stored.Keys.Except(expected).Order(StringComparer.Ordinal));
        Assert.Equal(stored.Count, await CountAsync("select count() from stg_touchpoint"));
        Assert.Equal(stored.Count, await CountAsync("select count() from touchpoint final"));
        Assert.Equal(await CountAsync("select uniqExact(batch_id, batch_seq) from touchpoint"), await CountAsync("select sum(event_count) from received_count"));
        if (!mayRepeatRows) Assert.Empty(stored.Where(s => s.Value > 1).Select(s => s.Key));
    }

    /// <summary>Keeps rows that are stored twice visible: a merge would make one of them.</summary>
    public Task StopMergesAsync() => ExecuteAsync("system stop merges touchpoint");

    public async Task ExecuteAsync(string statement)
    {
        await using var connection = _database.CreateConnection();
        await connection.ExecuteAsync(new CommandDefinition(statement, cancellationToken: Cancelled));
    }

    public async Task<long> CountAsync(string query)
    {
        await using var connection = _database.CreateConnection();
        return Convert.ToInt64(await connection.ExecuteScalarAsync(new CommandDefinition(query, cancellationToken: Cancelled)), CultureInfo.InvariantCulture);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    // Rows of each event, as they lie in the table.
    private async Task<Dictionary<string, long>> StoredAsync(int expected)
    {
        var until = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                var found = await CountAsync("select least(toInt64(uniqExact(event_id)), (select sum(event_count) from received_count)) from touchpoint");
                if (found >= expected || DateTime.UtcNow > until) return await RowsAsync();
            }
            catch (ClickHouseException e) when (e.IsTransient && DateTime.UtcNow < until)
            {
                // The engine is being started again.
            }

            await Task.Delay(50, Cancelled);
        }
    }

    private async Task<Dictionary<string, long>> RowsAsync()
    {
        await using var connection = _database.CreateConnection();
        var rows = await connection.QueryAsync<(string Id, long Rows)>(new CommandDefinition(
            "select event_id, toInt64(count()) from touchpoint group by event_id", cancellationToken: Cancelled));
        return rows.ToDictionary(row => row.Id, row => row.Rows, StringComparer.Ordinal);
    }

    private static HashSet<string> DeadLetterIds(FaultServer server) =>
    [
        .. server.DeadLetters()
            .Select(letter => letter.GetProperty("event"))
            .Select(refused => refused.GetProperty("messageId").GetString()!),
    ];
}
