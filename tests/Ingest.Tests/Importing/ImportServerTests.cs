using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests.Importing;

/// <summary>A server for imports over real HTTP; what is asserted is the answer and what lies in the spool for ClickHouse.</summary>
public abstract class ImportServerTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private IngestServer? _server;

    private protected IngestServer Server => _server!;

    private protected string DataDirectory => _directory.Path;

    public async ValueTask InitializeAsync() => _server = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Server.StopAsync(); // so that nothing is written any more when the directory goes
        await Server.DisposeAsync();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static string Lines(params IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    private protected static ByteArrayContent Body(string text, bool zipped = false)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (!zipped)
            return new ByteArrayContent(bytes);
        using var memory = new MemoryStream();
        using (var zip = new GZipStream(memory, CompressionLevel.Fastest))
            zip.Write(bytes);
        return new ByteArrayContent(memory.ToArray());
    }

    private protected static (int Lines, int Accepted, int Rejected, int Duplicates) Outcome(JsonElement answer) => (
        answer.GetProperty("lines").GetInt32(),
        answer.GetProperty("accepted").GetInt32(),
        answer.GetProperty("rejected").GetInt32(),
        answer.GetProperty("duplicates").GetInt32());

    private protected static string? Code(JsonElement answer) => answer.GetProperty("error").GetProperty("code").GetString();

    private protected static async Task WriteChunkAsync(NetworkStream stream, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), TestContext.Current.CancellationToken);
        await stream.WriteAsync(bytes, TestContext.Current.CancellationToken);
        await stream.WriteAsync("\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
    }

    private protected async Task RestartAsync(Action<Dictionary<string, string?>>? configure = null)
    {
        await Server.DisposeAsync();
        _server = await StartAsync(configure);
    }

    private Task<IngestServer> StartAsync(Action<Dictionary<string, string?>>? configure = null) =>
        IngestServer.StartAsync(_directory.Path, configure: settings =>
        {
            settings["Ingest:Import:SaveInterval"] = "00:00:00.010";
            configure?.Invoke(settings);
        });

    // A sender that writes chunk by chunk.
    private protected async Task<TcpClient> OpenAsync(string id, string format = "segment")
    {
        var client = new TcpClient();
        await client.ConnectAsync(Server.Client.BaseAddress!.Host, Server.Client.BaseAddress.Port, TestContext.Current.CancellationToken);
        var head = $"POST /v1/import?id={id}&format={format} HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {IngestServer.Key}\r\nTransfer-Encoding: chunked\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        return client;
    }

    private protected async Task SendAndCutAsync(string id, string text, string format = "segment", int? linesSent = null)
    {
        var expected = linesSent ?? text.Count(c => c == '\n');
        using var client = await OpenAsync(id, format);
        await WriteChunkAsync(client.GetStream(), text);
        // The server has all of it; then the connection goes without an end.
        while ((await StateAsync(id)).GetProperty("lines").GetInt32() < expected)
            await Task.Yield();
        client.Client.LingerState = new LingerOption(enable: true, seconds: 0);
    }

    private protected async Task<JsonElement> BecomesAsync(string id, string expected)
    {
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (true)
        {
            var state = await StateAsync(id);
            if (state.GetProperty("state").GetString() == expected)
                return state;
            Assert.True(DateTime.UtcNow < deadline, state.ToString());
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private protected async Task<JsonElement> StateAsync(string id)
    {
        while (true)
        {
            var text = await GetTextAsync($"/v1/import/{id}");
            var answer = JsonDocument.Parse(text).RootElement;
            if (!text.Contains("unknown_import", StringComparison.Ordinal))
                return answer;
            await Task.Delay(5, TestContext.Current.CancellationToken); // the request is still on its way
        }
    }

    private protected async Task<string> GetTextAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", IngestServer.Key);
        using var response = await Server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private protected List<Dictionary<string, object?>> Rows() => RowReader.ReadDirectory(Path.Combine(_directory.Path, "spool"));
}
