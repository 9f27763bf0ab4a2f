using System.Net;
using System.Net.Sockets;

namespace LifecycleMetrics.Reporting.Tests.OData;

/// <summary>A way to ClickHouse that breaks after a number of bytes of one answer: a database that dies in mid-stream.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _target;
    private readonly Task _accepting;

    public CuttingProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Bytes that still pass towards the client; negative for no end.</summary>
    public long Remaining { get; set; } = -1;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var here = client;
        using var there = new TcpClient();
        try
        {
            await there.ConnectAsync(IPAddress.Loopback, _target, _stop.Token);
            await Task.WhenAny(
                here.GetStream().CopyToAsync(there.GetStream(), _stop.Token),
                AnswerAsync(there.GetStream(), here));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
            // The end of a connection is what this is for.
        }
    }

    private async Task AnswerAsync(NetworkStream from, TcpClient to)
    {
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer, _stop.Token)) > 0)
        {
            await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            if (Remaining >= 0 && (Remaining -= read) < 0)
            {
                to.Client.Close(0);
                return;
            }
        }
    }
}
