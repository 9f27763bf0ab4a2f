using System.Buffers;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using ClickHouse.Data;
using LifecycleMetrics.Lifecycle;
using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Lifecycle.Visits;
using LifecycleMetrics.Oracle.Tests.Histories;
using LifecycleMetrics.Oracle.Tests.Kpis;
using LifecycleMetrics.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Oracle.Tests.Agreement;

/// <summary>A database with the product's schema and refresh, whose KPI rows are compared with the oracle's.</summary>
internal sealed class OracleDatabase : IAsyncDisposable
{
    public const string ModelsDirectory = "oracle-models";

    // In seconds. A busy machine is slow, not wrong.
    private const int Patience = 600;

    // What the schema and the models need to stay as they are.
    private static readonly string[] Kept =
    [
        "schema_migration", "schema_view_state", "schema_lock", "metric_definition",
        "lifecycle_model", "lifecycle_stage", "lifecycle_transition", "lifecycle_target", "lifecycle_activity",
    ];

    private readonly TestDatabase _database;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly LifecycleRefresher _refresher;

    private OracleDatabase(TestDatabase database)
    {
        _database = database;
        _refresher = new LifecycleRefresher(
            database.Writer,
            Options.Create(new LifecycleOptions { ModelsDirectory = ModelsDirectory }),
            TimeProvider.System,
            new RefreshMetrics(_services.GetRequiredService<IMeterFactory>()),
            NullLogger<LifecycleRefresher>.Instance);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<OracleDatabase> CreateAsync(EngineFixture engine) => new(await engine.CreateDatabaseAsync());

    /// <summary>Empties the database and sets what the numbers are taken by, costs and exchange rates among it.</summary>
    public async Task BeginAsync(Frame frame)
    {
        var filled = await ReadAsync(
            $"""
            select name from system.tables
            where database = currentDatabase() and engine like '%MergeTree' and name not in ('{string.Join("', '", Kept)}') and total_rows > 0
            """,
            row => (string)row[0]);
        foreach (var table in filled) await ExecuteAsync($"truncate table {table}");
        await SetAsOfAsync(frame, frame.AsOf);
        await ExecuteAsync(
            "insert into campaign_cost (cost_date, source, channel, campaign, cost_minor, currency, received_at) values " + string.Join(", ", CampaignCost.Of(frame).Index().Select(cost =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"('{cost.Item.Day:yyyy-MM-dd}', 'ads', '{cost.Item.Channel}', '{cost.Item.Campaign}', {cost.Item.Minor}, '{cost.Item.Currency}', toDateTime64({cost.Index + 1}, 3, 'UTC'))"))));
        await ExecuteAsync(
            "insert into fx_rate (rate_date, currency, quote_currency, rate, source, imported_at) values " + string.Join(", ", ExchangeRate.All.Index().Select(rate =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"('{rate.Item.Day:yyyy-MM-dd}', '{rate.Item.Currency}', '{rate.Item.QuoteCurrency}', '{rate.Item.Rate}', 'bank', toDateTime64({rate.Index + 1}, 3, 'UTC'))"))));
    }

    /// <summary>Moves T.</summary>
    public Task SetAsOfAsync(Frame frame, DateTime asOf) => ExecuteAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        insert into report_setting (time_zone, week_start, currency, as_of)
        values ('{frame.TimeZone}', {(frame.WeekStart == DayOfWeek.Sunday ? 7 : 1)}, 'USD', '{asOf:yyyy-MM-dd HH:mm:ss.fff}')
        """));

    /// <summary>Stores events as the ingest does.</summary>
    public async Task AddAsync(IEnumerable<Touch> touches)
    {
        var rows = string.Join('\n', touches.Select(touch => touch.ToRow().ToJsonString()));
        if (rows.Length == 0) return;
        await using var connection = await _database.Writer.OpenConnectionAsync(Stop);
        await connection.InsertAsync(
            new ClickHouseInsert
            {
                Table = "touchpoint",
                Format = "JSONEachRow",
                Settings = new Dictionary<string, string> { ["insert_deduplicate"] = "0" },
                Body = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(rows)),
            },
            Stop);
    }

    /// <summary>Takes in what is stored.</summary>
    public Task RefreshAsync() => _refresher.BringUpToDateAsync(Stop);

    /// <summary>Works out everything anew.</summary>
    public Task RebuildAsync() => _refresher.RebuildAsync(Stop);

    /// <summary>The families whose contributions can't be worked out, when a refresh has failed.</summary>
    public async Task<IReadOnlyList<string>> FaultyAsync()
    {
        var families = await ReadAsync(
            "select replaceRegexpOne(name, '_cell$', '') from system.tables where database = currentDatabase() and name like '%\\_cell'",
            row => (string)row[0]);
        var faulty = new List<string>();
        foreach (var family in families)
        {
            try
            {
                await ReadAsync($"select count() from (select cityHash64(*) as hash from int_{family}) where hash = 0", row => row[0]);
            }
            catch (ClickHouseException exception)
            {
                faulty.Add($"int_{family}: {exception.Message}");
            }
        }

        return faulty;
    }

    /// <summary>The rows of a view that say something.</summary>
    public async Task<IReadOnlyDictionary<string, KpiRow>> RowsAsync(KpiOracle oracle, Extent extent)
    {
        var rows = await ReadAsync(
            $"""
            select
                concatWithSeparator(' ', {string.Join(", ", oracle.Keys.Split(", ").Select(key => $"toString({key})"))}, grain, toString(period_start), dimension, dimension_value),
                [{string.Join(", ", SqlList.Split(oracle.Counts).Select(count => $"ifNull(toString({count}), '')"))}],
                [{string.Join(", ", new[] { "value", "ci_low", "ci_high" }.Concat(SqlList.Split(oracle.Ratios)).Select(figure => $"ifNull(toString({figure}), '')"))}],
                is_mature
            from {oracle.View}
            where ({oracle.Where}) and {extent.Where}
            """,
            row => (
                Key: (string)row[0],
                Row: new KpiRow(
                    [.. ((string[])row[1]).Select(count => count.Length == 0 ? (long?)null : long.Parse(count, CultureInfo.InvariantCulture))],
                    Convert.ToBoolean(row[3], null),
                    [.. ((string[])row[2]).Select(figure => figure.Length == 0 ? (double?)null : double.Parse(figure, CultureInfo.InvariantCulture))])));
        var known = new Dictionary<string, KpiRow>();
        foreach (var (key, row) in rows.Where(row => oracle.IsShown(row.Row.Counts)))
            Assert.True(known.TryAdd(key, row), $"{oracle.View} has two rows of {key}.");
        return known;
    }

    /// <summary>The rows in which an invariant does not hold, the first few.</summary>
    public Task<IReadOnlyList<string>> BrokenAsync(Invariant invariant) =>
        ReadAsync($"select toString(tuple(*)) from ({invariant.Broken}) limit 5", row => (string)row[0]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _refresher.Dispose();
        await _database.DisposeAsync();
        await _services.DisposeAsync();
    }

    private async Task<IReadOnlyList<T>> ReadAsync<T>(string sql, Func<ClickHouseDataReader, T> read)
    {
        await using var command = _database.Writer.CreateCommand(sql);
        command.CommandTimeout = Patience;
        await using var reader = await command.ExecuteReaderAsync(Stop);
        var rows = new List<T>();
        while (await reader.ReadAsync(Stop)) rows.Add(read(reader));
        return rows;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _database.Writer.CreateCommand(sql);
        command.CommandTimeout = Patience;
        await command.ExecuteNonQueryAsync(Stop);
    }
}
