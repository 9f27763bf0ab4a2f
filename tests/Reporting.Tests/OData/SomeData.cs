using LifecycleMetrics.Testing;

namespace LifecycleMetrics.Reporting.Tests.OData;

/// <summary>The views of <see cref="SomeViews"/> over rows that are known exactly.</summary>
internal static class SomeData
{
    /// <summary>
    /// 100 customers c000 … c099. Every tenth has no persona, order, birthday, revenue and score; the others have
    /// revenue 100·n and score n/4. Countries go round IT, ES, PT, DE.
    /// </summary>
    private const string Customers =
        """
        select concat('c', leftPad(toString(number), 3, '0')),
            ['IT', 'ES', 'PT', 'DE'][number % 4 + 1],
            if(number % 10 = 0, null, 'loyalist'),
            toDateTime64('2025-01-01 00:00:00.000', 3, 'UTC') + toIntervalDay(number) + toIntervalMillisecond(number),
            if(number % 10 = 0, null, toDateTime64('2025-06-01 12:00:00.500', 3, 'UTC') + toIntervalHour(number)),
            if(number % 10 = 0, null, toDate('1980-01-01') + number),
            toUInt32(number),
            if(number % 10 = 0, null, toInt64(number * 100)),
            toDecimal64(number, 4) / 8,
            if(number % 10 = 0, null, number / 4),
            number % 2 = 0,
            if(number % 5 = 0, 'company', 'person'),
            toUUID(concat('00000000-0000-0000-0000-', leftPad(toString(number), 12, '0'))),
            18446744073709551515 + number
        from numbers(100)
        """;

    private const string Conversions =
        """
        select ['sterne-cutler', 'aida'][number % 2 + 1], toDate('2025-01-01') + intDiv(number, 2) * 7,
            if(number = 3, null, number / 10), toUInt64(number)
        from numbers(20)
        """;

    /// <summary>A database with these views alone.</summary>
    public static async Task<TestDatabase> CreateAsync(EngineFixture engine)
    {
        var database = await engine.CreateDatabaseAsync(migrated: false);
        await CreateViewAsync(database, SomeViews.Customer, Customers);
        await CreateViewAsync(database, SomeViews.Conversion, Conversions);
        return database;
    }

    public static async Task CreateViewAsync(TestDatabase database, LifecycleMetrics.Reporting.OData.Schema.PublishedView view, string rows)
    {
        var casts = string.Join(", ", view.Columns.Select((column, index) => $"cast(tupleElement(line, {index + 1}), '{column.Type.Replace("'", "\\'", StringComparison.Ordinal)}') as {column.Name}"));
        await ExecuteAsync(database, SomeViews.Create(view, $"select {casts} from (select tuple(*) as line from ({rows}))"));
    }

    public static async Task ExecuteAsync(TestDatabase database, string sql)
    {
        await using var command = database.Writer.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
