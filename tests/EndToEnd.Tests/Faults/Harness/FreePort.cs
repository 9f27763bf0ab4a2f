using System.Net;
using System.Net.Sockets;

namespace LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

/// <summary>A port on 127.0.0.1 that is free now; a server that is started again and again keeps it.</summary>
internal static class FreePort
{
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
