using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

/// <summary>
/// The network between server and engine: a TCP proxy that cuts connections in which an insert is under way. The other
/// requests pass.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Random _random;
    private readonly int _enginePort;
    private readonly Task _accepting;
    private readonly Lock _gate = new();

    public CuttingProxy(int enginePort, Random random)
    {
        _enginePort = enginePort;
        _random = random;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>What becomes of the next insert.</summary>
    public Func<Random, Cut> Plan { get; set; } = _ => Cut.Nothing;

    /// <summary>Runs when a reply has been cut, before the server learns of it.</summary>
    public Func<Task> AfterReplyCut { get; set; } = () => Task.CompletedTask;

    /// <summary>How many inserts were cut in each way.</summary>
    public Dictionary<Cut, int> Cuts { get; } = Enum.GetValues<Cut>().ToDictionary(cut => cut, _ => 0);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var engine = new TcpClient())
        using (var closed = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token))
        {
            try
            {
                await engine.ConnectAsync(IPAddress.Loopback, _enginePort, closed.Token);
                var exchange = new Exchange();
                var first = await Task.WhenAny(
                    RequestsAsync(client.GetStream(), engine.GetStream(), exchange, closed.Token),
                    RepliesAsync(engine.GetStream(), client.GetStream(), exchange, closed.Token));
                await closed.CancelAsync();
                await first;
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // One side has gone; the other is closed with it.
            }
        }
    }

    private async Task RequestsAsync(NetworkStream client, NetworkStream engine, Exchange exchange, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (await client.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            var bytes = buffer.AsMemory(0, count);
            if (exchange.Begin(bytes.Span)) exchange.Cut = Next();
            if (exchange.Cut is Cut.Request)
            {
                await engine.WriteAsync(bytes[..Between(1, count)], cancellationToken);
                await engine.FlushAsync(cancellationToken);
                return;
            }

            await engine.WriteAsync(bytes, cancellationToken);
            if (exchange.Cut is not Cut.BeforeReply || !exchange.IsComplete(bytes.Span)) continue;
            await Task.Delay(Between(0, 10), cancellationToken);
            return;
        }
    }

    private async Task RepliesAsync(NetworkStream engine, NetworkStream client, Exchange exchange, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (await engine.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            // The engine replies when it has committed.
            if (exchange.Cut is Cut.Reply)
            {
                await AfterReplyCut();
                return;
            }

            exchange.End();
            await client.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }
    }

    private Cut Next()
    {
        lock (_gate)
        {
            var cut = Plan(_random);
            Cuts[cut]++;
            return cut;
        }
    }

    private int Between(int from, int below)
    {
        lock (_gate) return _random.Next(from, Math.Max(below, from + 1));
    }

    // One connection carries one request at a time, so the first bytes after a reply open the next.
    private sealed class Exchange
    {
        private bool _isOpen;
        private long _left;

        public Cut Cut { get; set; }

        /// <summary>True if these bytes open an insert.</summary>
        public bool Begin(ReadOnlySpan<byte> bytes)
        {
            if (_isOpen) return false;
            _isOpen = true;
            Cut = Cut.Nothing;
            var end = bytes.IndexOf("\r\n\r\n"u8);
            var head = Encoding.ASCII.GetString(end < 0 ? bytes : bytes[..end]);
            var length = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            _left = end + 4 + (length is null ? 0 : long.Parse(length.AsSpan(length.IndexOf(':') + 1), System.Globalization.CultureInfo.InvariantCulture));
            return Uri.UnescapeDataString(head.Split(' ')[1]).Contains("insert into `touchpoint`", StringComparison.OrdinalIgnoreCase);
        }

        /// <summary>True if the request ends with these bytes.</summary>
        public bool IsComplete(ReadOnlySpan<byte> bytes) => (_left -= bytes.Length) <= 0;

        public void End() => _isOpen = false;
    }
}
