using ClickHouse.Data;
using Dapper;

namespace LifecycleMetrics.Storage.Health;

/// <summary>Waits at start until ClickHouse answers, up to a deadline.</summary>
public static class ClickHouseWait
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);

    /// <exception cref="TimeoutException">ClickHouse did not answer in time; the message names it and its last error.</exception>
    public static async Task ForAnswerAsync(
        ClickHouseDataSource database, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = database.CreateConnection();
                await connection.ExecuteAsync(new CommandDefinition("select 1", cancellationToken: cancellationToken));
                return;
            }
            catch (ClickHouseException e) when (e.IsTransient)
            {
                if (time.GetElapsedTime(started) >= timeout)
                    throw new TimeoutException($"ClickHouse at {database.ConnectionString} did not answer within {timeout}: {e.Message}", e);
                await Task.Delay(Retry, time, cancellationToken);
            }
        }
    }
}
