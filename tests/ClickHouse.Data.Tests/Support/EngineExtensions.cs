namespace ClickHouse.Data.Tests.Support;

internal static class EngineExtensions
{
    public static async Task RunAsync(this Engine engine, string sql)
    {
        await using var command = engine.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The value of the first column of the first row, as an object.</summary>
    public static async Task<object?> ScalarAsync(this Engine engine, string sql, object? p = null, string? type = null)
    {
        await using var command = engine.Source.CreateCommand(sql);
        if (p is not null)
        {
            command.Parameters.AddWithValue("p", p, type);
        }

        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until a query gives what is expected; fails after ten seconds with what it gave last.</summary>
    public static async Task EventuallyAsync(this Engine engine, string sql, object expected)
    {
        var end = TimeProvider.System.GetTimestamp() + (10 * TimeProvider.System.TimestampFrequency);
        object? last;
        do
        {
            last = await engine.ScalarAsync(sql);
            if (Equals(last, expected))
            {
                return;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        while (TimeProvider.System.GetTimestamp() < end);

        Assert.Equal(expected, last);
    }
}
