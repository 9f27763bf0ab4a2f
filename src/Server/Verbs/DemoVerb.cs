using System.CommandLine;
using LifecycleMetrics.Server.Configuration;
using LifecycleMetrics.Server.Demo;
using LifecycleMetrics.Server.Hosting;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>demo: the whole product with twelve months of a shop, then live events.</summary>
internal static class DemoVerb
{
    public static Command Command()
    {
        var customers = new Option<int?>("--customers") { Description = "Customers of the shop (default 20000); holds for the first start." };
        var command = new Command("demo", "Run the server with the data of a shop: 12 months of history, then live events.") { customers }
            .WithCommonOptions();
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(CommonOptions.Data).FullName,
            parsed.GetRequiredValue(CommonOptions.Urls),
            parsed.GetValue(customers),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string dataDirectory, string urls, int? customers, CancellationToken cancellationToken)
    {
        Console.WriteLine("Starting ClickHouse and the server …");
        var overrides = new Dictionary<string, string?>(KeySettings.Write(index: 101, DemoKeys.Write, source: "demo", DemoKeys.Write))
        {
            ["Demo:ReadKey"] = "true",
            ["Dashboards:OpenOnLoopback"] = "true",
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
        };
        if (customers is { } count) overrides["Demo:Customers"] = $"{count}";
        var settings = new ServerSettings(dataDirectory, urls, ServerRole.All, overrides);
        await using var server = await RunningServer.StartAsync(settings, cancellationToken);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken, server.App.Lifetime.ApplicationStopping);
        try
        {
            var trickle = await LoadAsync(server, dataDirectory, stopping.Token);
            DemoWelcome.Print(server);
            await Task.WhenAll(trickle(stopping.Token), server.App.WaitForShutdownAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            Console.WriteLine("Stopping …");
        }

        return ExitCode.Done;
    }

    private static async Task<Func<CancellationToken, Task>> LoadAsync(
        RunningServer server, string dataDirectory, CancellationToken cancellationToken)
    {
        var services = server.App.Services;
        var options = services.GetRequiredService<IOptions<DemoOptions>>().Value;
        var http = new HttpClient { BaseAddress = new Uri(server.Url + "/") };
        var feeder = new DemoFeeder(
            http, DemoKeys.Write, dataDirectory, options, TimeProvider.System, services.GetRequiredService<ILogger<DemoFeeder>>());
        if (!feeder.IsHistoryLoaded)
        {
            await feeder.LoadHistoryAsync(new DemoProgressLine(), cancellationToken);
            Console.WriteLine();
        }

        Console.WriteLine("Bringing the numbers up to date …");
        await CatchUp.WaitAsync(services, cancellationToken);
        return async token =>
        {
            using (http) await feeder.TrickleAsync(token);
        };
    }
}
