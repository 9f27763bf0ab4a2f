using System.Net;
using LifecycleMetrics.Reporting.Access;

namespace LifecycleMetrics.Server.Demo;

/// <summary>The demo's fixed keys. They are known to everyone, so they are good on this machine only.</summary>
internal sealed class DemoKeys : IReadKeys
{
    public const string Write = "demo-write";
    public const string Read = "demo-read";

    public ValueTask<ReadKey?> FindAsync(string presented, IPAddress? remoteAddress, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            presented == Read && remoteAddress is not null && IPAddress.IsLoopback(remoteAddress)
                ? new ReadKey(Read, ReadScope.Read)
                : null);
}
