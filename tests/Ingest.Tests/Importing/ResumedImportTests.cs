using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests.Importing;

/// <summary>POST /v1/import that is cut off, stopped or sent again: it goes on where it was, and nothing is taken twice.</summary>
public sealed class ResumedImportTests : ImportServerTests
{
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

    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    public async Task SenderThatFallsSilent_IsAnswered_AndTheSameFileGoesOn(int sent)
    {
        await RestartAsync(settings => settings["Ingest:Import:IdleTimeout"] = "00:00:01");
        var lines = Enumerable.Range(1, 2_000).Select(n => Some.Track("m" + n)).ToArray();
        using var pipe = await OpenAsync("silent");
        if (sent > 0)
            await WriteChunkAsync(pipe.GetStream(), Lines(lines[..sent]) + lines[sent][..20]);

        using var answer = new StreamReader(pipe.GetStream());
        var head = await answer.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.StartsWith("HTTP/1.1 429", head, StringComparison.Ordinal);
        var broken = await BecomesAsync("silent", "interrupted");
        Assert.Equal((sent, sent, 0, 0), Outcome(broken));
        var (_, again) = await Server.PostAsync("/v1/import?id=silent", Body(Lines(lines)));
        Assert.Equal((2_000, 2_000, 0, 0), Outcome(again));
        Assert.Equal(2_000, Rows().Count);
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
    public async Task ServerThatStops_WritesThePosition_AndTheNextGoesOn()
    {
        var lines = Enumerable.Range(1, 2_000).Select(n => Some.Track("m" + n)).ToArray();
        using var pipe = await OpenAsync("stop");
        await WriteChunkAsync(pipe.GetStream(), Lines(lines[..1_500]));
        while ((await StateAsync("stop")).GetProperty("lines").GetInt32() == 0)
            await Task.Yield();

        await Server.StopAsync();
        await RestartAsync();

        Assert.Equal("interrupted", (await StateAsync("stop")).GetProperty("state").GetString());
        var (_, answer) = await Server.PostAsync("/v1/import?id=stop", Body(Lines(lines)));
        Assert.Equal((2_000, 2_000, 0, 0), Outcome(answer));
        Assert.Equal(2_000, Rows().Count);
    }
}
