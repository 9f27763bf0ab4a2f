using System.Net;
using System.Net.Sockets;

namespace LifecycleMetrics.Benchmarks.Ingest;

/// <summary>One kept connection that sends requests and reads the status of their answers, on a plain socket.</summary>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[16 * 1024];

    public LoadConnection(Uri server) => _socket.Connect(IPAddress.Parse(server.Host), server.Port);

    public void Send(ReadOnlySpan<byte> request)
    {
        while (!request.IsEmpty)
            request = request[_socket.Send(request)..];
    }

    /// <summary>Reads one whole answer; returns its status.</summary>
    public int Receive()
    {
        var length = 0;
        while (true)
        {
            var read = _socket.Receive(_answer.AsSpan(length));
            if (read == 0)
                throw new IOException("The server closed the connection.");
            length += read;
            if (TryStatus(_answer.AsSpan(0, length), out var status))
                return status;
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool TryStatus(ReadOnlySpan<byte> answer, out int status)
    {
        status = 0;
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        status = ((answer[9] - '0') * 100) + ((answer[10] - '0') * 10) + (answer[11] - '0');
        var body = answer[(head + 4)..];
        var at = answer[..head].IndexOf("Content-Length: "u8);
        if (at < 0)
            return body.EndsWith("0\r\n\r\n"u8);
        _ = System.Buffers.Text.Utf8Parser.TryParse(answer[(at + 16)..head], out int expected, out _);
        return body.Length >= expected;
    }
}
