using System.Buffers;
using System.Text;
using ClickHouse.Data;
using LifecycleMetrics.Lifecycle.Visits;
using LifecycleMetrics.Storage;
using LifecycleMetrics.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Lifecycle.Tests.Support;

/// <summary>A database with the product's schema, a refresher on it, and what tests read.</summary>
internal sealed class LifecycleDatabase : IAsyncDisposable
{
    /// <summary>Where two of the models are that ship.</summary>
    public const string FewModels = "few-models";

    private readonly TestDatabase _database;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    private readonly bool _hasCells;

    private LifecycleDatabase(TestDatabase database, LifecycleOptions options, bool hasCells)
    {
        _database = database;
        _hasCells = hasCells;
        Refresher = CreateRefresher(options);
    }

    public LifecycleRefresher Refresher { get; }

    public ClickHouseDataSource Writer => _database.Writer;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Creates one; without cells (that is, for tests that read no KPI) its refreshes are quicker.</summary>
    public static async Task<LifecycleDatabase> CreateAsync(
        EngineFixture engine, DateTime? asOf = null, LifecycleOptions? options = null, string timeZone = "UTC", bool hasCells = false)
    {
        var database = await engine.CreateDatabaseAsync();
        await database.MigrateAsync(new ReportSettings { AsOf = asOf, TimeZone = timeZone });
        return new LifecycleDatabase(database, options ?? new LifecycleOptions { ModelsDirectory = FewModels }, hasCells);
    }

    public LifecycleRefresher CreateRefresher(LifecycleOptions options) => new(
        _database.Writer,
        Options.Create(options),
        TimeProvider.System,
        new RefreshMetrics(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()),
        NullLogger<LifecycleRefresher>.Instance,
        _ => _hasCells);

    public Task SetReportsAsync(ReportSettings settings) => _database.MigrateAsync(settings);

    public async Task AddAsync(params IEnumerable<Touch> touches)
    {
        var rows = string.Join('\n', touches.Select(touch => touch.ToRow().ToJsonString()));
        await using var connection = await _database.Writer.OpenConnectionAsync(Stop);
        await connection.InsertAsync(
            new ClickHouseInsert
            {
                Table = "touchpoint",
                Format = "JSONEachRow",
                Body = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(rows)),
            },
            Stop);
    }

    public Task<RefreshResult> RefreshAsync() => Refresher.BringUpToDateAsync(Stop);

    public Task<IReadOnlyList<Visit>> VisitsAsync(string model = "sterne-cutler", string? subject = null) => ReadAsync(
        $"""
        select subject_id, stage_id, ordinal, visit_no, entered_at, exited_at, previous_stage_id, direction, lap, cause_event_id
        from int_stage_visit
        where model_id = '{model}' {(subject is null ? "" : $"and subject_id = '{subject}'")}
        order by subject_id, entered_at, lap, ordinal != 0, exited_at is null, ordinal, direction
        """,
        row => new Visit(
            (string)row[0],
            (string)row[1],
            Convert.ToInt32(row[2], null),
            Convert.ToInt32(row[3], null),
            (DateTime)row[4],
            row[5] as DateTime?,
            (string)row[6],
            (string)row[7],
            Convert.ToInt32(row[8], null),
            (string)row[9]));

    public Task<IReadOnlyList<Order>> OrdersAsync() => ReadAsync(
        """
        select order_id, subject_id, is_order, ordered_at, revenue_minor, refunded_minor, refunded_at, refund_count, is_refunded
        from int_order
        order by order_id
        """,
        row => new Order(
            (string)row[0],
            (string)row[1],
            Convert.ToBoolean(row[2], null),
            (DateTime)row[3],
            Convert.ToInt64(row[4], null),
            Convert.ToInt64(row[5], null),
            row[6] as DateTime?,
            Convert.ToInt32(row[7], null),
            Convert.ToBoolean(row[8], null)));

    public Task<IReadOnlyList<string>> DaysAsync() => ReadAsync(
        "select concat(subject_id, ' ', toString(active_date)) from int_subject_day order by 1", row => (string)row[0]);

    public Task<IReadOnlyList<string>> SubjectsAsync() => ReadAsync(
        """
        select concat(
            subject_id, ' ', country, ' ', persona, ' ', source, ' ', channel, ' ', campaign, ' ',
            toString(first_seen_at), ' ', toString(last_seen_at), ' ', toString(touchpoint_count))
        from int_subject order by 1
        """,
        row => (string)row[0]);

    public async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, Func<ClickHouseDataReader, T> read)
    {
        await using var command = _database.Writer.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Stop);
        var rows = new List<T>();
        while (await reader.ReadAsync(Stop)) rows.Add(read(reader));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        Refresher.Dispose();
        await _database.DisposeAsync();
        await _services.DisposeAsync();
    }
}
