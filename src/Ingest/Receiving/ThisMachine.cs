using System.Net;
using Microsoft.AspNetCore.Http;

namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>Tells connections of this machine from those of others.</summary>
internal static class ThisMachine
{
    /// <summary>
    /// True of the loopback address, and of an address that is the server's own: who connects to http://10.0.0.5 on the machine
    /// that has it comes from 10.0.0.5.
    /// </summary>
    public static bool IsFromThisMachine(this ConnectionInfo connection) =>
        Plain(connection.RemoteIpAddress) is { } remote
        && (IPAddress.IsLoopback(remote) || remote.Equals(Plain(connection.LocalIpAddress)));

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
