using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LifecycleMetrics.EndToEnd.Tests.Faults.Harness;
using LifecycleMetrics.EndToEnd.Tests.Support;

namespace LifecycleMetrics.EndToEnd.Tests.Faults;

/// <summary>
/// kill -9 of the server in the middle of an import over HTTP; the file is sent again under its id until it is done. FAULT_ROUNDS
/// multiplies the kills.
/// </summary>
public sealed class ImportKilledTests
{
    private const int LinesBetweenKills = 8_000;
    private const string Import = "/v1/import?id=history";

    [Fact]
    public async Task ServerKilledDuringImport_NothingLostAndNothingDoubled()
    {
        var random = Seed.Random();
        var kills = Seed.Rounds(4);
        string[] ids = [.. Enumerable.Range(0, (kills + 1) * LinesBetweenKills).Select(n => string.Create(CultureInfo.InvariantCulture, $"history-{n}"))];
        var file = Encoding.UTF8.GetBytes(string.Concat(ids.Select(Line)));
        await using var engine = await FaultEngine.StartAsync();
        await using var server = new FaultServer(engine.ConnectionString());
        await server.StartReadyAsync();
        await using var books = new Books(engine.ConnectionString());
        await books.StopMergesAsync();
        using var client = new HttpClient { BaseAddress = new Uri(server.Url), Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{TestKeys.Write}:")));

        for (var kill = 1; kill <= kills; kill++)
        {
            // The rest of the file is held back, so that the import is not done before the kill.
            using var held = new HeldContent(file, file.Length / (kills + 1) * kill);
            var sending = client.PostAsync(Import, held, TestContext.Current.CancellationToken);
            await WaitForLinesAsync(client, ((kill - 1) * LinesBetweenKills) + 1);
            // Some kills come before the position is saved, some after.
            await Task.Delay(random.Next(2_500), TestContext.Current.CancellationToken);
            await server.KillAsync();
            held.Release();
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => sending);
            server.Start();
            await server.Process.WaitForReadyAsync();
        }

        using var whole = new ByteArrayContent(file);
        using var answer = await client.PostAsync(Import, whole, TestContext.Current.CancellationToken);
        using var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        TestContext.Current.TestOutputHelper?.WriteLine(report.RootElement.ToString());
        Assert.Equal("done", report.RootElement.GetProperty("state").GetString());
        Assert.Equal(ids.Length, Count(report, "lines"));
        Assert.Equal(0, Count(report, "rejected"));
        Assert.Equal(ids.Length, Count(report, "accepted") + Count(report, "duplicates"));
        await books.HoldAsync(ids);
    }

    private static string Line(string id) =>
        $$"""{"type":"track","messageId":"{{id}}","userId":"u-{{id}}","event":"Page Viewed","timestamp":"2026-01-02T10:00:00Z"}""" + "\n";

    private static long Count(JsonDocument report, string name) => report.RootElement.GetProperty(name).GetInt64();

    private static async Task WaitForLinesAsync(HttpClient client, int lines)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromMinutes(1));
        while (true)
        {
            using var answer = await client.GetAsync("/v1/import/history", timeout.Token);
            if (answer.IsSuccessStatusCode)
            {
                using var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(timeout.Token));
                if (Count(report, "lines") >= lines) return;
            }

            await Task.Delay(5, timeout.Token);
        }
    }
}
