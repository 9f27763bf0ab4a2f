using System.Net;

namespace LifecycleMetrics.Reporting.Access;

/// <summary>
/// A place that knows keys for reading. Every registered one is asked in turn; the first that knows the key wins.
/// </summary>
public interface IReadKeys
{
    /// <summary>The key that <paramref name="presented"/> stands for, or null when this place does not know it.</summary>
    /// <param name="presented">The text the client sent: to be compared in fixed time and never logged.</param>
    /// <param name="remoteAddress">Where the request comes from; null when the transport has no address.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    ValueTask<ReadKey?> FindAsync(string presented, IPAddress? remoteAddress, CancellationToken cancellationToken);
}
