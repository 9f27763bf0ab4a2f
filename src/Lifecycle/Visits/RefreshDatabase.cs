using ClickHouse.Data;
using LifecycleMetrics.Lifecycle.Models;

namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>Runs the statements of the refresh.</summary>
internal sealed class RefreshDatabase(ClickHouseDataSource database, TimeSpan statementTimeout)
{
    /// <summary>Statements that run at the same time, on one thread each: two keep a second core busy.</summary>
    public const int StatementsAtATime = 2;

    /// <summary>
    /// Whether statements are about few rows. One thread is done with them before several have begun to share them.
    /// </summary>
    public bool IsOfFewRows { get; set; }

    /// <summary>Runs a statement of Sql/ by its name.</summary>
    public Task ExecuteAsync(string name, IEnumerable<SqlParameter> parameters, CancellationToken cancellationToken) =>
        ExecuteTextAsync(RefreshStatement.Load(name), parameters, cancellationToken);

    /// <summary>Runs a statement.</summary>
    public Task ExecuteTextAsync(string text, IEnumerable<SqlParameter> parameters, CancellationToken cancellationToken) =>
        ExecuteAsync(text, parameters, IsOfFewRows, cancellationToken);

    /// <summary>Runs a statement that is one of several at the same time. Gives the rows that it wrote, -1 if that is not known.</summary>
    public Task<int> ExecuteOneOfSeveralAsync(string text, IEnumerable<SqlParameter> parameters, CancellationToken cancellationToken) =>
        ExecuteAsync(text, parameters, isOnOneThread: true, cancellationToken);

    private async Task<int> ExecuteAsync(
        string text, IEnumerable<SqlParameter> parameters, bool isOnOneThread, CancellationToken cancellationToken)
    {
        await using var command = CreateCommand(text, parameters);
        if (isOnOneThread)
        {
            command.Settings["max_threads"] = "1";
        }

        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Gives tables all the rows of their queries in Sql/, and no others. Each has a table of the same columns beside it, with
    /// <c>_next</c> behind its name; readers see the rows of before until the two are exchanged.
    /// </summary>
    /// <param name="names">The tables; a query may read what those before it have next.</param>
    /// <param name="parameters">Parameters of the queries.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    public async Task ReplaceRowsAsync(
        string[] names, IReadOnlyList<SqlParameter> parameters, CancellationToken cancellationToken)
    {
        foreach (var name in names)
        {
            await ExecuteTextAsync($"truncate table {name}_next", [], cancellationToken);
            await ExecuteTextAsync($"insert into {name}_next {RefreshStatement.Load(name)}", parameters, cancellationToken);
        }

        // The first is exchanged last: it tells whether all are current, and a run that breaks off before is done again.
        foreach (var name in names.Reverse())
        {
            await ExecuteTextAsync($"exchange tables {name} and {name}_next", [], cancellationToken);
        }
    }

    /// <summary>Runs statements that don't touch each other, some at the same time.</summary>
    public Task ExecuteEachAsync(
        IReadOnlyList<(string Text, SqlParameter[] Parameters)> statements, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            statements,
            new ParallelOptions { MaxDegreeOfParallelism = StatementsAtATime, CancellationToken = cancellationToken },
            async (statement, stop) => await ExecuteOneOfSeveralAsync(statement.Text, statement.Parameters, stop));

    /// <summary>Runs a query and reads its rows.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(
        string text, IEnumerable<SqlParameter> parameters, Func<ClickHouseDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = CreateCommand(text, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private ClickHouseCommand CreateCommand(string text, IEnumerable<SqlParameter> parameters)
    {
        var command = database.CreateCommand(text);
        // An optimization that looks for contradictions between comparisons. It takes a third of the time of the large
        // statements of a refresh and finds nothing in them.
        command.Settings["optimize_and_compare_chain"] = "0";
        // Groups in 256 parts leave blocks of few rows, and what works on arrays costs by the block and the longest array in it.
        command.Settings["group_by_two_level_threshold"] = "0";
        command.Settings["group_by_two_level_threshold_bytes"] = "0";
        // Subjects are found by the key of their table; only then are the other columns read. With FINAL that is not the default.
        command.Settings["optimize_move_to_prewhere_if_final"] = "1";
        // Else what is asked of other columns goes before the key, and reading all events takes twice as long.
        command.Settings["allow_reorder_prewhere_conditions"] = "0";
        // The smaller side stands on the right already. What the engine guesses of a filtered table makes it hash all events of a batch.
        command.Settings["query_plan_join_swap_table"] = "false";
        command.CommandTimeout = (int)Math.Ceiling(statementTimeout.TotalSeconds);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new ClickHouseParameter(parameter.Name, parameter.Value, parameter.Type));
        }

        return command;
    }
}
