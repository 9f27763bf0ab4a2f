using System.Buffers;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ClickHouse.Data;
using Dapper;
using LifecycleMetrics.Lifecycle;
using LifecycleMetrics.Lifecycle.Visits;
using LifecycleMetrics.Sql.Tests.Lint;
using LifecycleMetrics.Storage.Ledger;
using LifecycleMetrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Sql.Tests.Examples;

/// <summary>A database with the product's schema that events are put into and worked out in by the product's refresh.</summary>
internal sealed class RefreshedDatabase : IAsyncDisposable
{
    // What the schema and the models need to stay as they are.
    private static readonly string[] Kept =
    [
        "schema_migration", "schema_view_state", "schema_lock", "metric_definition",
        "lifecycle_model", "lifecycle_stage", "lifecycle_transition", "lifecycle_target", "lifecycle_activity",
    ];

    private readonly TestDatabase _database;
    private readonly MeterFactory _meters = new();
    private LifecycleRefresher _refresher;
    private Func<string, bool> _isFamilyKept = _ => true;
    private string _models = "example-models";
    private bool _isRefreshed;
    private string _views = "";
    private int _eventNo;

    private RefreshedDatabase(TestDatabase database)
    {
        _database = database;
        _refresher = CreateRefresher();
    }

    public static async Task<RefreshedDatabase> CreateAsync(EngineFixture engine) =>
        new(await engine.CreateDatabaseAsync());

    /// <summary>Rows as the readers of dashboards get them.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null, bool asWriter = false)
    {
        await using var connection = (asWriter ? _database.Writer : _database.Dashboards).CreateConnection();
        var rows = await connection.QueryAsync<T>(new CommandDefinition(
            sql,
            parameters is null or ClickHouseParameters ? parameters : new ClickHouseParameters(parameters),
            cancellationToken: TestContext.Current.CancellationToken));
        return [.. rows];
    }

    /// <summary>Keeps from now on only the cells that some views read, which is quicker, by the models of a directory.</summary>
    public void Keep(string models, params IEnumerable<string> views)
    {
        var names = string.Join(' ', views);
        if ((models, names) == (_models, _views)) return;
        (_models, _views) = (models, names);
        var tables = names.Split(' ').SelectMany(SqlSource.TablesBelow).ToHashSet();
        _isFamilyKept = family => tables.Contains($"{family}_cell");
        RestartRefresher();
    }

    /// <summary>Works everything out by the models of a directory, as after a restart with other model files.</summary>
    public Task UseModelsAsync(string directory)
    {
        _models = directory;
        RestartRefresher();
        return RefreshAsync();
    }

    /// <summary>Empties the database and sets what the reports depend on.</summary>
    public async Task BeginAsync(DateTime asOf, string timeZone, DayOfWeek weekStart, double marginShare = 1)
    {
        var filled = await QueryAsync<string>(
            """
            select name from system.tables
            where database = currentDatabase() and engine like '%MergeTree' and name not in ({kept:Array(String)}) and total_rows > 0
            """,
            new { kept = Kept },
            asWriter: true);
        foreach (var table in filled) await ExecuteAsync($"truncate table {table}");
        _eventNo = 0;
        _isRefreshed = false;
        await ExecuteAsync(
            """
            insert into report_setting (time_zone, week_start, currency, margin_share, as_of)
            values ({timeZone:String}, {weekStart:UInt8}, 'USD', {marginShare:Float64}, {asOf:DateTime64(3, 'UTC')})
            """,
            new { timeZone, weekStart = weekStart == DayOfWeek.Sunday ? 7 : 1, marginShare, asOf });
    }

    /// <summary>Stores the events as the ingest does and works them out.</summary>
    public async Task AddAsync(IReadOnlyList<ExampleEvent> events)
    {
        if (events.Count == 0) return;
        await StoreAsync(events);
        await RefreshAsync();
    }

    /// <summary>Stores the events as the ingest does.</summary>
    public Task StoreAsync(IReadOnlyList<ExampleEvent> events) => InsertAsync("touchpoint", events.Select(Row));

    /// <summary>Works out what there is without events, if nothing else has.</summary>
    public Task FinishAsync() => _isRefreshed ? Task.CompletedTask : RefreshAsync();

    /// <summary>Stores campaign costs.</summary>
    public Task AddAsync(IReadOnlyList<ExampleCost> costs)
    {
        // The first of them may begin the calendar.
        if (costs.Count > 0) _isRefreshed = false;
        return InsertAsync("campaign_cost", costs.Select(cost => new Dictionary<string, object?>
        {
            ["cost_date"] = cost.Date.ToString("O"),
            ["source"] = cost.Source,
            ["channel"] = cost.Channel,
            ["campaign"] = cost.Campaign,
            ["cost_minor"] = ExampleEvent.Minor(cost.Amount),
            ["currency"] = cost.Currency,
            ["received_at"] = Text(DateTime.UnixEpoch.AddSeconds(++_eventNo)),
        }));
    }

    /// <summary>Stores exchange rates.</summary>
    public Task AddAsync(IReadOnlyList<ExampleRate> rates) => InsertAsync("fx_rate", rates.Select(rate => new Dictionary<string, object?>
    {
        ["rate_date"] = rate.Date.ToString("O"),
        ["currency"] = rate.Currency,
        ["quote_currency"] = rate.QuoteCurrency,
        ["rate"] = rate.Rate,
        ["source"] = "example",
        ["imported_at"] = Text(DateTime.UnixEpoch.AddSeconds(++_eventNo)),
    }));

    /// <summary>Stores counts of events sent.</summary>
    public Task AddAsync(IReadOnlyList<ExampleOutcome> outcomes) => InsertAsync("ingest_outcome", outcomes.Select(outcome => new Dictionary<string, object?>
    {
        ["received_minute"] = outcome.Minute,
        ["key_id"] = outcome.Source,
        ["source"] = outcome.Source,
        ["outcome"] = outcome.Outcome,
        ["reason"] = outcome.Reason,
        ["run_id"] = outcome.RunId,
        ["event_count"] = outcome.Count,
    }));

    /// <summary>Keeps the values of a period under the name of the period: <c>2025-02-01 08:00 2025-01 kpi_revenue</c>.</summary>
    public async Task FreezeAsync(IEnumerable<string> freezes)
    {
        foreach (var words in freezes.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
        {
            var at = DateTime.Parse(
                $"{words[0]} {words[1]}", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
            Assert.True(PublishedPeriod.TryParse(words[2], DayOfWeek.Monday, out var period));
            await new PublicationLedger(_database.Writer).PublishAsync(
                Publication.OfFreeze(words[2], new DateTimeOffset(at, TimeSpan.Zero)), period, words[3..], dimension: null, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Compares what was kept with what is there now.</summary>
    public Task ReadFrozenAgainAsync(DateTime at) =>
        new PublicationLedger(_database.Writer).CheckAsync(new DateTimeOffset(at.ToUniversalTime(), TimeSpan.Zero), TestContext.Current.CancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _refresher.Dispose();
        _meters.Dispose();
        await _database.DisposeAsync();
    }

    private async Task RefreshAsync()
    {
        await _refresher.BringUpToDateAsync(TestContext.Current.CancellationToken);
        _isRefreshed = true;
    }

    private void RestartRefresher()
    {
        _refresher.Dispose();
        _refresher = CreateRefresher();
    }

    private LifecycleRefresher CreateRefresher() => new(
        _database.Writer,
        Options.Create(new LifecycleOptions { ModelsDirectory = _models }),
        TimeProvider.System,
        new RefreshMetrics(_meters),
        NullLogger<LifecycleRefresher>.Instance,
        _isFamilyKept);

    private Dictionary<string, object?> Row(ExampleEvent e)
    {
        var isAnonymous = e.Subject.StartsWith('~');
        var id = isAnonymous ? e.Subject[1..] : e.Subject;
        var isIdentify = e.Event == "Identified";
        var extra = JsonSerializer.Serialize(e.Keys.Where(key => !ExampleEvent.Columns.Contains(key.Key)).ToDictionary(
            key => key.Key,
            key => double.TryParse(key.Value, out var number) ? number : (object)key.Value));
        return new Dictionary<string, object?>
        {
            ["event_id"] = e.Keys.GetValueOrDefault("id") ?? $"event-{++_eventNo}",
            ["type"] = isIdentify ? "identify" : "track",
            ["event"] = e.Event,
            ["subject_key"] = (isAnonymous ? "a:" : "u:") + id,
            ["user_id"] = isAnonymous ? "" : id,
            ["anonymous_id"] = isAnonymous ? id : e.Keys.GetValueOrDefault("device", ""),
            ["account_id"] = e.Keys.GetValueOrDefault("account", ""),
            ["occurred_at"] = Text(e.OccurredAt),
            ["received_at"] = e.Keys.GetValueOrDefault("received") ?? Text(e.OccurredAt),
            ["time_basis"] = "explicit",
            ["source"] = e.Keys.GetValueOrDefault("source", "web"),
            ["channel"] = e.Keys.GetValueOrDefault("channel", ""),
            ["campaign"] = e.Keys.GetValueOrDefault("campaign", ""),
            ["country"] = e.Keys.GetValueOrDefault("country", ""),
            ["order_id"] = e.Keys.GetValueOrDefault("order", ""),
            ["revenue_minor"] = e.Amount is { } amount ? ExampleEvent.Minor(amount) : null,
            ["cost_minor"] = e.Keys.TryGetValue("cost", out var cost) ? ExampleEvent.Minor(decimal.Parse(cost, CultureInfo.InvariantCulture)) : null,
            ["currency"] = e.Amount is null ? "" : e.Currency,
            ["score"] = e.Keys.TryGetValue("score", out var score)
                ? double.Parse(score, System.Globalization.CultureInfo.InvariantCulture)
                : null,
            ["properties"] = isIdentify ? "{}" : extra,
            ["traits"] = isIdentify ? extra : "{}",
        };
    }

    private static string Text(DateTime instant) => instant.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private async Task InsertAsync(string table, IEnumerable<Dictionary<string, object?>> rows)
    {
        var lines = string.Join('\n', rows.Select(row => JsonSerializer.Serialize(row)));
        if (lines.Length == 0) return;
        await using var connection = await _database.Writer.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await ((ClickHouseConnection)connection).InsertAsync(
            new ClickHouseInsert
            {
                Table = table,
                Format = "JSONEachRow",
                // Cases store equal blocks after each other.
                Settings = new Dictionary<string, string>
                {
                    ["insert_deduplicate"] = "0",
                    ["date_time_input_format"] = "best_effort",
                },
                Body = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(lines)),
            },
            TestContext.Current.CancellationToken);
    }

    private async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await _database.Writer.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            sql,
            parameters is null ? null : new ClickHouseParameters(parameters),
            cancellationToken: TestContext.Current.CancellationToken));
    }

    private sealed class MeterFactory : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public Meter Create(MeterOptions options)
        {
            var meter = new Meter(options);
            _meters.Add(meter);
            return meter;
        }

        public void Dispose() => _meters.ForEach(meter => meter.Dispose());
    }
}
