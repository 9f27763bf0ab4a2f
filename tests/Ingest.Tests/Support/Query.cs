using System.Globalization;
using ClickHouse.Data;
using Dapper;

namespace LifecycleMetrics.Ingest.Tests.Support;

internal static class Query
{
    public static async Task<long> CountAsync(this ClickHouseDataSource database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
    }

    public static async Task ExecuteAsync(this ClickHouseDataSource database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(sql);
    }

    /// <summary>Waits until the query gives the number, and fails with what it gives otherwise.</summary>
    public static async Task BecomesAsync(this ClickHouseDataSource database, string sql, long expected)
    {
        var deadline = DateTime.UtcNow.AddSeconds(60);
        while (true)
        {
            var actual = await database.CountAsync(sql);
            if (actual == expected)
                return;
            if (actual > expected || DateTime.UtcNow > deadline)
                Assert.Equal(expected, actual);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
