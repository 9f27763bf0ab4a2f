using System.Globalization;
using ClickHouse.Data;

namespace LifecycleMetrics.Benchmarks.Support;

/// <summary>Asks ClickHouse, with as much time as it takes.</summary>
internal static class Queries
{
    /// <summary>One number.</summary>
    public static async Task<double> ScalarAsync(this ClickHouseDataSource database, string sql)
    {
        await using var command = Command(database, sql);
        return Convert.ToDouble(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public static async Task ExecuteAsync(this ClickHouseDataSource database, string sql)
    {
        await using var command = Command(database, sql);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>All rows, each made by <paramref name="read"/>.</summary>
    public static async Task<List<T>> RowsAsync<T>(this ClickHouseDataSource database, string sql, Func<ClickHouseDataReader, T> read)
    {
        await using var command = Command(database, sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }

    private static ClickHouseCommand Command(ClickHouseDataSource database, string sql)
    {
        var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        return command;
    }
}
