using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests.Importing;

/// <summary>POST /v1/import over real HTTP: what is asserted is the answer and what lies in the spool for ClickHouse.</summary>
public sealed class ImportEndpointTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private IngestServer? _server;

    private IngestServer Server => _server!;

    public async ValueTask InitializeAsync() => _server = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_OfAFile_AreTaken_AndEveryLineIsAccountedFor(bool zipped)
    {
        var text = Lines(
            Some.Track("m1"),
            "{broken",
            Some.Track("m1"),                                           // twice in the file
            """{"type":"track","messageId":"m2","userId":"u1"}""",      // no event name
            """{"type":"track","event":"No id of its own","userId":"u1"}""");

        var (status, answer) = await Server.PostAsync("/v1/import?id=first", Body(text, zipped));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("done", answer.GetProperty("state").GetString());
        Assert.Equal((5, 2, 2, 1), Outcome(answer));
        Assert.Equal(1, answer.GetProperty("reasons").GetProperty("missing_event").GetInt32());
        Assert.Equal(["web", "web"], Rows().Select(row => row["source"]));
        Assert.All(Rows(), row => Assert.Equal("shop", row["key_id"]));
        var rejects = await GetTextAsync(answer.GetProperty("rejects").GetString()!);
        Assert.Contains("\"first\",2,invalid_json,", rejects, StringComparison.Ordinal);
        Assert.Contains("\"first\",4,missing_event,", rejects, StringComparison.Ordinal);
        Assert.Contains("\"\"messageId\"\":\"\"m2\"\"", rejects, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_InAForm_AreReadByTheMapInIt()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Import.InvoiceMap), "map", "map.yaml" },
            { Body(Lines(Import.InvoiceHeader, "1;17850;15.01.2026 10:30;1;10;Deutschland", "C2;17850;15.01.2026 10:30;-1;2,50;Atlantis"), zipped: true), "file", "orders.csv.gz" },
        };

        var (status, answer) = await Server.PostAsync("/v1/import?id=orders", form);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((2, 1, 1, 0), Outcome(answer));
        Assert.Equal(1000L, Assert.Single(Rows())["revenue_minor"]);
        Assert.Contains("\"orders.csv.gz\",3,country_unknown", await GetTextAsync("/v1/import/orders/rejects"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_ByAMapOnTheServer_AreReadByIt()
    {
        Directory.CreateDirectory(Path.Combine(_directory.Path, "import-maps"));
        await File.WriteAllTextAsync(Path.Combine(_directory.Path, "import-maps", "erp.yaml"), Import.InvoiceMap, TestContext.Current.CancellationToken);

        var (status, answer) = await Server.PostAsync(
            "/v1/import?map=erp&source=erp", Body(Lines(Import.InvoiceHeader, "1;17850;15.01.2026 10:30;1;10;Deutschland")), IngestServer.TrustedKey);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((1, 1, 0, 0), Outcome(answer));
        Assert.Equal("erp", Assert.Single(Rows())["source"]);
    }

    [Theory]
    [InlineData("?map=nowhere", "unknown_map")]
    [InlineData("?map=../../etc/passwd", "unknown_map")]
    [InlineData("?format=orders", "map_missing")]
    [InlineData("?format=xml", "unknown_format")]
    [InlineData("?format=1", "unknown_format")]
    [InlineData("?id=a/b", "import_id_invalid")]
    [InlineData("?source=other", "source_refused")]
    public async Task Request_ThatCantBeUsed_IsNamed_AndNothingIsTaken(string query, string code)
    {
        var (status, answer) = await Server.PostAsync("/v1/import" + query, Body(Lines(Some.Track("m1"))));

        Assert.Equal((HttpStatusCode.BadRequest, code), (status, Code(answer)));
        Assert.Empty(Rows());
    }

    [Fact]
    public async Task Form_WithoutAFile_OrWithAMapThatIsNone_IsNamed()
    {
        using var noFile = new MultipartFormDataContent { { new StringContent(Import.InvoiceMap), "map", "map.yaml" } };
        using var badMap = new MultipartFormDataContent { { new StringContent("columns: 1"), "map", "map.yaml" }, { Body("x"), "file", "f" } };
        using var otherColumns = new MultipartFormDataContent { { new StringContent(Import.InvoiceMap), "map", "map.yaml" }, { Body("a;b\n1;2\n"), "file", "f" } };

        Assert.Equal("file_missing", Code((await Server.PostAsync("/v1/import", noFile)).Answer));
        Assert.Equal("map_invalid", Code((await Server.PostAsync("/v1/import", badMap)).Answer));
        var (status, answer) = await Server.PostAsync("/v1/import?id=columns", otherColumns);
        Assert.Equal((HttpStatusCode.BadRequest, "map_mismatch"), (status, Code(answer)));
        Assert.Equal("failed", (await StateAsync("columns")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Personas_OfAFile_AreTaken_AndEveryLineIsAccountedFor()
    {
        var text = Lines("user_id,persona,valid_from", "ana,student,2026-01-31", "ana,,2026-02-30", "ana,,2026-03-01");

        var (status, answer) = await Server.PostAsync("/v1/import?id=crm&format=personas", Body(text, zipped: true));
        var (_, again) = await Server.PostAsync("/v1/import?id=crm-again&format=personas", Body(text));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("personas", answer.GetProperty("format").GetString());
        Assert.Equal((3, 2, 1, 0), Outcome(answer));
        Assert.Equal((3, 0, 1, 2), Outcome(again));
        Assert.All(Rows(), row => Assert.Equal("Persona Assigned", row["event"]));
        Assert.Contains("\"crm\",3,date_invalid", await GetTextAsync("/v1/import/crm/rejects"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Personas_CutOffInTheMiddle_GoOnWithoutDoubling()
    {
        var lines = Enumerable.Range(1, 5_000)
            .Select(n => n % 100 == 0 ? "too,few" : $"u{n},student,2026-01-31")
            .Prepend("user_id,persona,valid_from")
            .ToArray();
        await SendAndCutAsync("cut", Lines(lines[..3_001]) + lines[3_001][..5], "personas", linesSent: 3_000);

        var halfway = await BecomesAsync("cut", "interrupted");
        Assert.Equal((3_000, 2_970, 30, 0), Outcome(halfway));

        var (_, answer) = await Server.PostAsync("/v1/import?id=cut&format=personas", Body(Lines(lines)));

        Assert.Equal((5_000, 4_950, 50, 0), Outcome(answer));
        Assert.Equal(4_950, Rows().Select(row => row["event_id"]).Distinct().Count());
        Assert.Equal(4_950, Rows().Count);
    }

    [Fact]
    public async Task Personas_UnderAnIdOfAnotherFormat_AreAConflict()
    {
        await Server.PostAsync("/v1/import?id=same", Body(Lines(Some.Track("m1"))));

        var (status, answer) = await Server.PostAsync("/v1/import?id=same&format=personas", Body(Lines("user_id,persona,valid_from", "ana,student,2026-01-31")));

        Assert.Equal((HttpStatusCode.Conflict, "other_settings"), (status, Code(answer)));
    }

    [Fact]
    public async Task Personas_WithOtherColumns_AreNamed_AndNothingIsTaken()
    {
        var (status, answer) = await Server.PostAsync("/v1/import?format=personas", Body(Lines("user_id,segment,valid_from", "ana,student,2026-01-31")));

        Assert.Equal((HttpStatusCode.BadRequest, "map_mismatch"), (status, Code(answer)));
        Assert.Empty(Rows());
    }

    [Theory]
    [InlineData("segment")]
    [InlineData("personas")]
    public async Task Map_WithAFormatThatHasNone_IsRefused(string format)
    {
        Directory.CreateDirectory(Path.Combine(_directory.Path, "import-maps"));
        await File.WriteAllTextAsync(Path.Combine(_directory.Path, "import-maps", "erp.yaml"), Import.InvoiceMap, TestContext.Current.CancellationToken);
        using var form = new MultipartFormDataContent { { new StringContent(Import.InvoiceMap), "map", "map.yaml" }, { Body("x"), "file", "f" } };

        var (status, answer) = await Server.PostAsync($"/v1/import?format={format}&map=erp", Body(Lines(Some.Track("m1"))));
        var (formStatus, formAnswer) = await Server.PostAsync($"/v1/import?format={format}", form);

        Assert.Equal((HttpStatusCode.BadRequest, "map_refused"), (status, Code(answer)));
        Assert.Equal((HttpStatusCode.BadRequest, "map_refused"), (formStatus, Code(formAnswer)));
        Assert.Empty(Rows());
    }

    [Fact]
    public async Task Key_MissingOrUnknown_IsRefused()
    {
        Assert.Equal("missing_key", Code((await Server.PostAsync("/v1/import", Body(Lines(Some.Track("m1"))), key: null)).Answer));
        Assert.Equal("invalid_key", Code((await Server.PostAsync("/v1/import", Body(Lines(Some.Track("m1"))), key: "lm_write_shop_wrong")).Answer));
        Assert.Empty(Rows());
    }

    [Fact]
    public async Task Import_CutOffInTheMiddle_GoesOnWithoutDoubling()
    {
        var lines = Enumerable.Range(1, 5_000).Select(n => n % 100 == 0 ? "{broken" : Some.Track("m" + n)).ToArray();
        await SendAndCutAsync("cut", Lines(lines[..3_000]) + lines[3_000][..20]);

        var halfway = await BecomesAsync("cut", "interrupted");
        Assert.Equal((3_000, 2_970, 30, 0), Outcome(halfway));

        var (status, answer) = await Server.PostAsync("/v1/import?id=cut", Body(Lines(lines)));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((5_000, 4_950, 50, 0), Outcome(answer));
        Assert.Equal(4_950, Rows().Count);
        var rejects = (await GetTextAsync("/v1/import/cut/rejects")).TrimEnd().Split('\n');
        Assert.Equal(1 + 50, rejects.Length);
        Assert.StartsWith("\"cut\",5000,invalid_json", rejects[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_OfADamagedGzip_KeepsWhatWasRead_AndGoesOnWithTheWholeFile()
    {
        var lines = Enumerable.Range(1, 3_000).Select(n => Some.Track("m" + n)).ToArray();
        var whole = await Body(Lines(lines), zipped: true).ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var damaged = whole.ToArray();
        damaged.AsSpan(damaged.Length / 2, 64).Fill(0xFF);

        var (status, answer) = await Server.PostAsync("/v1/import?id=zip", new ByteArrayContent(damaged));

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_encoding"), (status, Code(answer)));
        var state = await StateAsync("zip");
        Assert.Equal("failed", state.GetProperty("state").GetString());
        var (_, again) = await Server.PostAsync("/v1/import?id=zip", new ByteArrayContent(whole));
        Assert.Equal(3_000, again.GetProperty("accepted").GetInt32());
        Assert.Equal(3_000, Rows().Count);
    }

    [Fact]
    public async Task Import_ThatIsDone_SentAgain_AddsNothing_AndTakesLinesThatWereAdded()
    {
        var text = Lines(Some.Track("m1"), "{broken").TrimEnd('\n'); // no end of line
        await Server.PostAsync("/v1/import?id=log", Body(text));

        var (_, same) = await Server.PostAsync("/v1/import?id=log", Body(text));
        var (_, longer) = await Server.PostAsync("/v1/import?id=log", Body(text + "\n" + Lines(Some.Track("m2"))));

        Assert.Equal((2, 1, 1, 0), Outcome(same));
        Assert.Equal((3, 2, 1, 0), Outcome(longer));
        Assert.Equal(2, Rows().Count);
    }

    [Fact]
    public async Task OtherFile_UnderTheSameId_IsAConflict_AndNothingOfItIsTaken()
    {
        await Server.PostAsync("/v1/import?id=same", Body(Lines(Some.Track("m1"), Some.Track("m2"))));

        var (status, answer) = await Server.PostAsync("/v1/import?id=same", Body(Lines(Some.Track("m1"), Some.Track("other"), Some.Track("m3"))));
        var (shorterStatus, shorter) = await Server.PostAsync("/v1/import?id=same", Body(Lines(Some.Track("m1"))));

        Assert.Equal((HttpStatusCode.Conflict, "other_file"), (status, Code(answer)));
        Assert.Equal((HttpStatusCode.Conflict, "other_file"), (shorterStatus, Code(shorter)));
        Assert.Equal(["m1", "m2"], Rows().Select(row => row["event_id"]));
        Assert.Equal("done", (await StateAsync("same")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task OtherSettings_UnderTheSameId_AreAConflict()
    {
        await Server.PostAsync("/v1/import?id=same", Body(Lines(Some.Track("m1"))), IngestServer.TrustedKey);

        var (status, answer) = await Server.PostAsync("/v1/import?id=same&source=elsewhere", Body(Lines(Some.Track("m1"))), IngestServer.TrustedKey);

        Assert.Equal((HttpStatusCode.Conflict, "other_settings"), (status, Code(answer)));
    }

    [Fact]
    public async Task Import_ThatIsRunning_TellsHowFarItIs_AndIsNotReadTwiceAtOnce()
    {
        using var pipe = await OpenAsync("slow");
        var stream = pipe.GetStream();
        await WriteChunkAsync(stream, Lines(Enumerable.Range(1, 2_500).Select(n => Some.Track("m" + n))));

        JsonElement state;
        do
            state = await StateAsync("slow");
        while (state.GetProperty("accepted").GetInt32() < 2_000);
        var (status, answer) = await Server.PostAsync("/v1/import?id=slow", Body(Lines(Some.Track("x"))));

        Assert.Equal("running", state.GetProperty("state").GetString());
        Assert.Equal((HttpStatusCode.Conflict, "import_running"), (status, Code(answer)));
        await WriteChunkAsync(stream, "");
        Assert.Equal(2_500, (await BecomesAsync("slow", "done")).GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task State_OfAnotherKeysImport_IsNotShown()
    {
        await Server.PostAsync("/v1/import?id=mine", Body(Lines(Some.Track("m1"))));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/import/mine");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", IngestServer.TrustedKey);
        using var response = await Server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Body_OverTheLimit_IsNamed()
    {
        await Server.DisposeAsync();
        _server = await StartAsync(settings => settings["Ingest:Import:MaxBodyBytes"] = "1000");

        var (status, answer) = await Server.PostAsync("/v1/import", Body(Lines(Enumerable.Range(1, 50).Select(n => Some.Track("m" + n)))));

        Assert.Equal((HttpStatusCode.BadRequest, "body_too_large"), (status, Code(answer)));
    }

    [Fact]
    public async Task ServerThatStops_WritesThePosition_AndTheNextGoesOn()
    {
        var lines = Enumerable.Range(1, 2_000).Select(n => Some.Track("m" + n)).ToArray();
        using var pipe = await OpenAsync("stop");
        await WriteChunkAsync(pipe.GetStream(), Lines(lines[..1_500]));
        while ((await StateAsync("stop")).GetProperty("lines").GetInt32() == 0)
            await Task.Yield();

        await Server.StopAsync();
        await Server.DisposeAsync();
        _server = await StartAsync();

        Assert.Equal("interrupted", (await StateAsync("stop")).GetProperty("state").GetString());
        var (_, answer) = await Server.PostAsync("/v1/import?id=stop", Body(Lines(lines)));
        Assert.Equal((2_000, 2_000, 0, 0), Outcome(answer));
        Assert.Equal(2_000, Rows().Count);
    }

    private static string Lines(params IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));

    private static ByteArrayContent Body(string text, bool zipped = false)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (!zipped)
            return new ByteArrayContent(bytes);
        using var memory = new MemoryStream();
        using (var zip = new GZipStream(memory, CompressionLevel.Fastest))
            zip.Write(bytes);
        return new ByteArrayContent(memory.ToArray());
    }

    private static (int Lines, int Accepted, int Rejected, int Duplicates) Outcome(JsonElement answer) => (
        answer.GetProperty("lines").GetInt32(),
        answer.GetProperty("accepted").GetInt32(),
        answer.GetProperty("rejected").GetInt32(),
        answer.GetProperty("duplicates").GetInt32());

    private static string? Code(JsonElement answer) => answer.GetProperty("error").GetProperty("code").GetString();

    private static async Task WriteChunkAsync(NetworkStream stream, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{bytes.Length:x}\r\n"), TestContext.Current.CancellationToken);
        await stream.WriteAsync(bytes, TestContext.Current.CancellationToken);
        await stream.WriteAsync("\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
    }

    private Task<IngestServer> StartAsync(Action<Dictionary<string, string?>>? configure = null) =>
        IngestServer.StartAsync(_directory.Path, configure: settings =>
        {
            settings["Ingest:Import:SaveInterval"] = "00:00:00.010";
            configure?.Invoke(settings);
        });

    // A sender that writes chunk by chunk.
    private async Task<TcpClient> OpenAsync(string id, string format = "segment")
    {
        var client = new TcpClient();
        await client.ConnectAsync(Server.Client.BaseAddress!.Host, Server.Client.BaseAddress.Port, TestContext.Current.CancellationToken);
        var head = $"POST /v1/import?id={id}&format={format} HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer {IngestServer.Key}\r\nTransfer-Encoding: chunked\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        return client;
    }

    private async Task SendAndCutAsync(string id, string text, string format = "segment", int? linesSent = null)
    {
        var expected = linesSent ?? text.Count(c => c == '\n');
        using var client = await OpenAsync(id, format);
        await WriteChunkAsync(client.GetStream(), text);
        // The server has all of it; then the connection goes without an end.
        while ((await StateAsync(id)).GetProperty("lines").GetInt32() < expected)
            await Task.Yield();
        client.Client.LingerState = new LingerOption(enable: true, seconds: 0);
    }

    private async Task<JsonElement> BecomesAsync(string id, string expected)
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

    private async Task<JsonElement> StateAsync(string id)
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

    private async Task<string> GetTextAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", IngestServer.Key);
        using var response = await Server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private List<Dictionary<string, object?>> Rows() => RowReader.ReadDirectory(Path.Combine(_directory.Path, "spool"));
}
