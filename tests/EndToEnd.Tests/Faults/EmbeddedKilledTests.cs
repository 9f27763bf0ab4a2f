using System.Diagnostics;
using System.Globalization;
using LifecycleMetrics.EndToEnd.Tests.Faults.Harness;
using LifecycleMetrics.EndToEnd.Tests.Support;

namespace LifecycleMetrics.EndToEnd.Tests.Faults;

/// <summary>
/// kill -9 at random moments of a server with its embedded engine: in turn of the server, of the engine and of both at once.
/// FAULT_ROUNDS multiplies the rounds.
/// </summary>
public sealed class EmbeddedKilledTests
{
    [Fact]
    public async Task EmbeddedEngine_EitherOrBothKilled_NothingLostAndNothingDoubled()
    {
        var random = Seed.Random();
        await using var server = new FaultServer();
        await server.StartReadyAsync();
        await using var load = new Load(server.Url, random);
        load.Start();

        for (var round = 0; round < Seed.Rounds(12); round++)
        {
            await load.WaitForMoreAsync(random.Next(1, 600));
            await Task.Delay(random.Next(400), TestContext.Current.CancellationToken);
            var engine = await EngineOfAsync(server);
            var isServer = round % 3 != 1;
            if (round % 3 != 0)
            {
                engine.Kill();
                if (!isServer) await engine.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            if (isServer)
            {
                await server.KillAsync();
                server.Start();
            }
        }

        await load.WaitForMoreAsync(100);
        await load.FinishAsync();
        await server.Process.WaitForReadyAsync();
        await using var books = new Books(server.EmbeddedConnectionString());
        await books.BalanceAsync(load, server);
    }

    private static async Task<Process> EngineOfAsync(FaultServer server)
    {
        while (true)
        {
            var (_, output, _) = await Tool.RunAsync("pgrep", ["-P", server.Process.Id.ToString(CultureInfo.InvariantCulture)]);
            if (int.TryParse(output.Split('\n')[0], CultureInfo.InvariantCulture, out var id)) return Process.GetProcessById(id);
            await Task.Delay(20, TestContext.Current.CancellationToken); // It is being started again.
        }
    }
}
