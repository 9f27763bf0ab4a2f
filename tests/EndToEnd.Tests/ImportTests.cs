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

    private static void AssertReceipt((int ExitCode, string Output) run, int accepted, int duplicates)
    {
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains($"301 events: {accepted} accepted, {duplicates} duplicates, 1 rejected", run.Output, StringComparison.Ordinal);
    }
}
