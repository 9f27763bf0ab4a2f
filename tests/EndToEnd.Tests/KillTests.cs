using System.Diagnostics;
using System.Globalization;
using LifecycleMetrics.EndToEnd.Tests.Support;

namespace LifecycleMetrics.EndToEnd.Tests;

/// <summary>kill -9 in the middle of a stream: what was acknowledged is there, and nothing is there twice.</summary>
public sealed class KillTests
{
    private const int Rounds = 4;
    private const int BatchSize = 100;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ServerKilled_NothingLostAndNothingDoubled()
    {
        using var data = new DataDirectory();
        var server = await ServerProcess.StartAsync(data.Path, "serve");
        try
        {
            var sender = new NumberedSender("server-kill", BatchSize);
            using var stop = new CancellationTokenSource();
            var url = server.Url;
            var sending = sender.RunAsync(() => Volatile.Read(ref url), stop.Token);
            for (var round = 1; round <= Rounds; round++)
            {
                await WaitForAcknowledgedAsync(sender, sending, round * 20 * BatchSize);
                await server.KillAsync();
                server = await ServerProcess.StartAsync(data.Path, "serve");
                Volatile.Write(ref url, server.Url);
            }

            await stop.CancelAsync();
            await sending;
            await AssertEachOnceAsync(server, sender);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task EngineKilled_NothingLostAndNothingDoubled()
    {
        using var data = new DataDirectory();
        await using var server = await ServerProcess.StartAsync(data.Path, "serve");
        var sender = new NumberedSender("engine-kill", BatchSize);
        using var stop = new CancellationTokenSource();
        var sending = sender.RunAsync(() => server.Url, stop.Token);
        for (var round = 1; round <= Rounds; round++)
        {
            await WaitForAcknowledgedAsync(sender, sending, round * 20 * BatchSize);
            var engine = await EngineOfAsync(server);
            engine.Kill();
            await engine.WaitForExitAsync(Cancelled);
        }

        await WaitForAcknowledgedAsync(sender, sending, (Rounds + 1) * 20 * BatchSize);
        await stop.CancelAsync();
        await sending;
        await AssertEachOnceAsync(server, sender);
    }

    private static async Task AssertEachOnceAsync(ServerProcess server, NumberedSender sender)
    {
        using var client = new Client(server.Url);
        await client.WaitForReadyAsync();
        await client.WaitForCountAsync("Touchpoints", $"Source eq '{TestKeys.Source}'", sender.Acknowledged.Count);
        var rows = await client.RowsAsync($"Touchpoints?$select=EventId&$filter=Source eq '{TestKeys.Source}'");
        Assert.Equal(
            sender.Acknowledged.Order(StringComparer.Ordinal),
            rows.Select(r => r.GetProperty("EventId").GetString()!).Order(StringComparer.Ordinal));
        TestContext.Current.TestOutputHelper?.WriteLine($"{sender.Acknowledged.Count} acknowledged, {sender.Retries} retries");
    }

    private static async Task WaitForAcknowledgedAsync(NumberedSender sender, Task sending, int count)
    {
        while (sender.Acknowledged.Count < count)
        {
            if (sending.IsCompleted) await sending;
            await Task.Delay(5, Cancelled);
        }
    }

    private static async Task<Process> EngineOfAsync(ServerProcess server)
    {
        while (true)
        {
            var (_, output, _) = await Tool.RunAsync("pgrep", ["-P", server.Id.ToString(CultureInfo.InvariantCulture)]);
            if (int.TryParse(output.Split('\n')[0], CultureInfo.InvariantCulture, out var id)) return Process.GetProcessById(id);
            await Task.Delay(20, Cancelled); // It is being started again.
        }
    }
}
