using System.Security.Cryptography;
using System.Text;
using LifecycleMetrics.Ingest;
using LifecycleMetrics.Storage;
using LifecycleMetrics.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LifecycleMetrics.Server.Tests.Demo;

/// <summary>The ingest interface over real HTTP in front of the real engine, as the demo meets it.</summary>
internal sealed class IngestHost : IAsyncDisposable
{
    public const string Key = "demo-write";
    private readonly WebApplication _app;

    private IngestHost(WebApplication app)
    {
        _app = app;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Client = new HttpClient { BaseAddress = new Uri(addresses.Addresses.First()) };
    }

    public HttpClient Client { get; }

    public static async Task<IngestHost> StartAsync(TestDatabase database, string directory)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Ingest:DataDirectory"] = directory,
            ["Ingest:Spool:ReservedDiskBytes"] = "0",
            ["Ingest:Keys:0:Id"] = "demo",
            ["Ingest:Keys:0:Source"] = "demo",
            ["Ingest:Keys:0:Sha256"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Key))),
            ["Ingest:Keys:0:Trusted"] = "true",
        });
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        builder.Services.AddKeyedSingleton(StorageUser.Writer, database.Writer);
        builder.Services.AddIngest(builder.Configuration);
        var app = builder.Build();
        app.UseRouting();
        app.MapIngest();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new IngestHost(app);
    }

    /// <summary>Stops taking events and returns when all are in the database.</summary>
    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
