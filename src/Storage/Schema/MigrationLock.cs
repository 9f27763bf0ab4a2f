using ClickHouse.Data;
using Dapper;

namespace LifecycleMetrics.Storage.Schema;

/// <summary>
/// Lets one runner at a time change the schema. The lock is a table, because creating one is the only thing ClickHouse
/// does exactly once; its comment holds when the lease ends. The runner renews it while it works, so that one that died
/// locks nobody out for longer than the lease.
/// </summary>
internal sealed class MigrationLock(ClickHouseDataSource database, TimeProvider time, TimeSpan lease)
{
    private const int TableAlreadyExists = 57;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    public async Task<IAsyncDisposable> AcquireAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await ExecuteAsync($"create table schema_lock (n UInt8) engine = Memory comment '{EndOfNewLease()}'", cancellationToken);
                return new Held(this);
            }
            catch (ClickHouseException e) when (e.ServerCode == TableAlreadyExists)
            {
                if (await EndOfLeaseAsync(cancellationToken) is { } end && end < time.GetUtcNow().ToUnixTimeMilliseconds())
                    await ReleaseAsync(cancellationToken);
                else
                    await Task.Delay(Poll, time, cancellationToken);
            }
        }
    }

    private long EndOfNewLease() => (time.GetUtcNow() + lease).ToUnixTimeMilliseconds();

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(lease / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
                await ExecuteAsync($"alter table schema_lock modify comment '{EndOfNewLease()}'", cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The work is done.
        }
    }

    private async Task<long?> EndOfLeaseAsync(CancellationToken cancellationToken)
    {
        await using var connection = database.CreateConnection();
        return await connection.QuerySingleOrDefaultAsync<long?>(new CommandDefinition(
            "select toInt64OrNull(comment) from system.tables where database = currentDatabase() and name = 'schema_lock'",
            cancellationToken: cancellationToken));
    }

    private Task ReleaseAsync(CancellationToken cancellationToken) =>
        ExecuteAsync("drop table if exists schema_lock sync", cancellationToken);

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = database.CreateConnection();
        await connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: cancellationToken));
    }

    private sealed class Held : IAsyncDisposable
    {
        private readonly MigrationLock _owner;
        private readonly CancellationTokenSource _done = new();
        private readonly Task _renewal;

        public Held(MigrationLock owner)
        {
            _owner = owner;
            _renewal = owner.RenewAsync(_done.Token);
        }

        public async ValueTask DisposeAsync()
        {
            await _done.CancelAsync();
            await _renewal;
            _done.Dispose();
            await _owner.ReleaseAsync(CancellationToken.None);
        }
    }
}
