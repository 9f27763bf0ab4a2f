using LifecycleMetrics.Ingest;
using LifecycleMetrics.Lifecycle.Visits;

namespace LifecycleMetrics.Server.Hosting;

/// <summary>Waits until everything that was received can be seen in the numbers.</summary>
internal static class CatchUp
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    public static async Task WaitAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var ingest = services.GetRequiredService<IngestReadiness>();
        while (!ingest.IsWriting || ingest.SpoolBytes > 0) await Task.Delay(Poll, cancellationToken);
        await services.GetRequiredService<LifecycleRefresher>().BringUpToDateAsync(cancellationToken);
    }
}
