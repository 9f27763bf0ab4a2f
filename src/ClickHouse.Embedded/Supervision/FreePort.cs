using System.Net;
using System.Net.Sockets;

namespace ClickHouse.Embedded.Supervision;

/// <summary>Ports on 127.0.0.1.</summary>
internal static class FreePort
{
    /// <summary>The wanted port if nobody listens on it, or for 0 one that is free now.</summary>
    /// <exception cref="EmbeddedClickHouseException">The wanted port is taken.</exception>
    public static int Take(int wanted, string setting)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, wanted);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException e)
        {
            throw new EmbeddedClickHouseException(
                EngineFault.PortTaken,
                $"Port {wanted} on 127.0.0.1 can't be used ({e.Message}). Stop the program that listens there, or set " +
                $"{setting} to another port (0 takes a free one).",
                e);
        }
    }
}
