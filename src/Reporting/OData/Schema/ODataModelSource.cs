using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.OData.Schema;

/// <summary>
/// The current model. It is compared with the database when it is older than <see cref="ODataOptions.SchemaRefresh"/>;
/// requests go on with the old one meanwhile, and only the first one waits.
/// </summary>
internal sealed class ODataModelSource(
    PublishedViewReader views,
    ODataModelBuilder builder,
    IOptions<ODataOptions> options,
    TimeProvider time,
    ILogger<ODataModelSource> logger) : IDisposable
{
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private volatile ODataModel? _current;
    private long _checkedAt;

    public async ValueTask<ODataModel> GetAsync(CancellationToken cancellationToken)
    {
        if (_current is not { Sets.Count: > 0 } current)
            return await FirstAsync(cancellationToken);
        if (time.GetElapsedTime(Interlocked.Read(ref _checkedAt)) >= options.Value.SchemaRefresh && _refreshing.Wait(0, CancellationToken.None))
            _ = RefreshInBackgroundAsync();
        return current;
    }

    /// <summary>Makes the next request compare the model with the database, as after a query met an unknown column.</summary>
    public void Invalidate() => Interlocked.Exchange(ref _checkedAt, 0);

    /// <summary>Ends a refresh that is under way.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task<ODataModel> FirstAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            if (_current is { Sets.Count: > 0 } ready)
                return ready;
            return await LoadAsync(cancellationToken);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private async Task RefreshInBackgroundAsync()
    {
        try
        {
            await LoadAsync(_stop.Token);
        }
        catch (Exception exception) when (!_stop.IsCancellationRequested)
        {
            // Whatever it was, the model that is there still answers, and the next refresh tries again.
            Interlocked.Exchange(ref _checkedAt, time.GetTimestamp());
            logger.RefreshFailed(exception);
        }
        catch (Exception)
        {
            // The server is stopping, and the database may be gone already.
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private async Task<ODataModel> LoadAsync(CancellationToken cancellationToken)
    {
        var published = await views.ReadAsync(cancellationToken);
        Interlocked.Exchange(ref _checkedAt, time.GetTimestamp());
        if (_current is { } known && known.Fingerprint == ODataModelBuilder.FingerprintOf(published))
            return known;
        var model = builder.Build(published);
        _current = model;
        logger.ModelBuilt(model.Sets.Count, model.ETag);
        return model;
    }
}
