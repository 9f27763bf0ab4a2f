using LifecycleMetrics.EndToEnd.Tests.Support;

namespace LifecycleMetrics.EndToEnd.Tests;

/// <summary>The verb import, beside a running server and without one.</summary>
public sealed class ImportTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Import_NdjsonTwice_AddsItsEventsOnce(bool beside)
    {
        using var data = beside ? await DataDirectory.PreparedAsync() : new DataDirectory();
        var file = Path.Combine(data.Path, "events.ndjson");
        await File.WriteAllLinesAsync(
            file,
            Enumerable.Range(0, 300).Select(n =>
                $$$"""{"type":"track","messageId":"import-{{{n}}}","userId":"u{{{n % 10}}}","event":"Order Completed","timestamp":"2026-01-{{{(n % 28) + 1:00}}}T10:00:00Z","properties":{"order_id":"o{{{n}}}","revenue":10.00,"currency":"USD"}}""")
            .Append("""{"type":"track","messageId":"import-bad","event":"No Subject"}"""),
            TestContext.Current.CancellationToken);

        if (!beside)
        {
            AssertReceipt(await ServerProcess.RunAsync(data.Path, "import", file, "--format", "segment", "--source", "archive"), accepted: 300, duplicates: 0);
        }

        await using var server = await ServerProcess.StartAsync(data.Path, "serve");
        using var client = new Client(server.Url);
        if (beside)
        {
            AssertReceipt(await ServerProcess.RunAsync(data.Path, "import", file, "--format", "segment", "--source", "archive"), accepted: 300, duplicates: 0);
        }

        AssertReceipt(await ServerProcess.RunAsync(data.Path, "import", file, "--format", "segment", "--source", "archive"), accepted: 0, duplicates: 300);
        await client.WaitForCountAsync("Touchpoints", "Source eq 'archive'", 300);
        await client.WaitForCountAsync("Orders", "RevenueMinor eq 1000", 300);
    }

    [Theory]
    [InlineData("import FILE --format segment --source archive", "1 accepted")]
    [InlineData("deadletters replay", "1 dead letters: 1 accepted")]
    public async Task ServerOfItsOwn_ReceivesAndCounts_AndSendsNoMail(string arguments, string expected)
    {
        using var data = await DataDirectory.PreparedAsync();
        var file = Path.Combine(data.Path, "events.ndjson");
        const string Event = """{"type":"track","messageId":"m1","userId":"u1","event":"Seen"}""";
        await File.WriteAllTextAsync(file, Event, TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(data.Path, "dead-letters"));
        await File.WriteAllTextAsync(
            Path.Combine(data.Path, "dead-letters", "2026-01-10.ndjson"),
            $$"""{"time":"2026-01-10T10:00:00.000Z","key_id":"shop","source":"web","index":0,"reason":"event_too_large","message":"","event":{{Event}}}""" + "\n",
            TestContext.Current.CancellationToken);

        // Whatever sends mail can't start with this.
        await using var run = ServerProcess.Start(new ServerLaunch(data.Path, [.. arguments.Replace("FILE", file, StringComparison.Ordinal).Split(' ')])
        {
            Environment = new Dictionary<string, string?> { ["LIFECYCLE_Email__From"] = "no address" },
        });

        Assert.True(await run.WaitForExitAsync() == 0, run.Output);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    private static void AssertReceipt((int ExitCode, string Output) run, int accepted, int duplicates)
    {
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains($"301 events: {accepted} accepted, {duplicates} duplicates, 1 rejected", run.Output, StringComparison.Ordinal);
    }
}
