using LifecycleMetrics.Sql.Tests.Examples;
using LifecycleMetrics.Testing;

namespace LifecycleMetrics.Sql.Tests.Invariants;

/// <summary>A database that holds the <see cref="GeneratedHistory"/>, half of it taken in after the other half.</summary>
public sealed class GeneratedHistoryFixture(EngineFixture engine) : IAsyncLifetime
{
    private RefreshedDatabase? _database;

    internal RefreshedDatabase Database => _database ?? throw new InvalidOperationException("The database is not there yet.");

    public async ValueTask InitializeAsync()
    {
        _database = await RefreshedDatabase.CreateAsync(engine);
        await _database.BeginAsync(GeneratedHistory.AsOf, GeneratedHistory.TimeZone, DayOfWeek.Monday);
        await _database.AddAsync(ExampleCost.ParseAll("""
            2024-02-05 ads paid_search campaign0 12.00 USD
            2024-02-06 ads email campaign1 8.00 EUR
            2025-03-07 ads email campaign1 9.00 EUR
            """));
        await _database.AddAsync(ExampleOutcome.ParseAll("""
            2024-02-05T10:00:00Z web accepted - run1 90
            2024-02-05T10:00:00Z web rejected missing_id run1 2
            2024-02-06T10:00:00Z app duplicate - run2 4
            """));
        await _database.AddAsync(ExampleRate.ParseAll(string.Join('\n', Enumerable.Range(0, 60).Select(week =>
            $"{new DateOnly(2024, 1, 3).AddDays(7 * week):yyyy-MM-dd} EUR USD 1.{week:00}"))));
        var events = GeneratedHistory.Events();
        await _database.AddAsync([.. events.Take(events.Count / 2)]);
        await _database.FreezeAsync(["2024-07-01 08:00 2024-06 kpi_revenue kpi_mrr"]);
        await _database.AddAsync([.. events.Skip(events.Count / 2)]);
        await _database.ReadFrozenAgainAsync(GeneratedHistory.AsOf);
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null) await _database.DisposeAsync();
    }
}
