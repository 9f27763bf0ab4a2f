using System.Globalization;

namespace ClickHouse.Data.Http;

/// <summary>
/// A query on its way: whatever stops the waiting for it (the caller's token, <see cref="Cancel"/>, the timeout) also
/// ends it on the server.
/// </summary>
internal sealed class RunningQuery(ClickHouseHttp http, string queryId, TimeSpan timeout) : IDisposable
{
    /// <summary>The server's own limit strikes first and says more; this one is for a server that does not answer.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private const int TimeoutExceeded = 159;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private bool _isOver;

    public string QueryId => queryId;

    /// <summary>Stops the waiting; of no effect once the query is over.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                _stop.Cancel();
            }
        }
    }

    /// <summary>Waits for one answer of the server: its headers, or its next bytes.</summary>
    /// <exception cref="OperationCanceledException">The token or <see cref="Cancel"/> stopped it.</exception>
    /// <exception cref="ClickHouseException">The server did not answer in time (code 159), or as <paramref name="step"/> throws.</exception>
    public async ValueTask<T> WaitAsync<T>(Func<CancellationToken, ValueTask<T>> step, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        if (timeout > TimeSpan.Zero)
        {
            stop.CancelAfter(timeout + Grace);
        }

        try
        {
            return await step(stop.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (stop.IsCancellationRequested && (e is OperationCanceledException or IOException or HttpRequestException))
        {
            await http.KillAsync(queryId).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (_stop.IsCancellationRequested)
            {
                throw new OperationCanceledException("The query was cancelled.", e, _stop.Token);
            }

            throw new ClickHouseException(
                string.Create(CultureInfo.InvariantCulture, $"ClickHouse did not answer within the command timeout of {timeout.TotalSeconds} s; the query was killed."),
                TimeoutExceeded, "TIMEOUT_EXCEEDED", queryId, isTransient: false, new TimeoutException(e.Message, e));
        }
    }

    /// <summary>Ends the query on the server although nobody waits for it.</summary>
    public Task KillAsync() => http.KillAsync(queryId);

    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            _stop.Dispose();
        }
    }
}
