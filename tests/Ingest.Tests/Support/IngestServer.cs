using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ClickHouse.Data;
using LifecycleMetrics.Ingest.Spool;
using LifecycleMetrics.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LifecycleMetrics.Ingest.Tests.Support;

/// <summary>Ingest alone, served by Kestrel on a free port. Without a database it runs as it does while ClickHouse is down.</summary>
internal sealed class IngestServer : IAsyncDisposable
{
    public const string Key = "lm_write_shop_s3cret";
    public const string TrustedKey = "lm_write_import_s3cret";
    private readonly WebApplication _app;

    private IngestServer(WebApplication app)
    {
        _app = app;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Client = new HttpClient { BaseAddress = new Uri(address) };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<IngestServer> StartAsync(
        string directory,
        ClickHouseDataSource? database = null,
        Action<Dictionary<string, string?>>? configure = null,
        IDisk? disk = null,
        string host = "127.0.0.1")
    {
        var settings = new Dictionary<string, string?>
        {
            ["Ingest:DataDirectory"] = directory,
            ["Ingest:Spool:ReservedDiskBytes"] = "0",
            ["Ingest:Writer:MaxDelay"] = "00:00:00.020",
            ["Ingest:Writer:DrainTimeout"] = "00:00:05",
            ["Ingest:Keys:0:Id"] = "shop",
            ["Ingest:Keys:0:Source"] = "web",
            ["Ingest:Keys:0:Sha256"] = Hash(Key),
            ["Ingest:Keys:1:Id"] = "import",
            ["Ingest:Keys:1:Source"] = "import",
            ["Ingest:Keys:1:Sha256"] = Hash(TrustedKey),
            ["Ingest:Keys:1:Trusted"] = "true",
        };
        if (database is null)
            settings["Ingest:Writer:DrainTimeout"] = "00:00:00.050";
        configure?.Invoke(settings);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseKestrelCore().UseUrls($"http://{host}:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        builder.Services.AddKeyedSingleton(StorageUser.Writer, database ?? new ClickHouseDataSource("Host=127.0.0.1;Port=1;Username=none"));
        if (disk is not null)
            builder.Services.AddSingleton(disk);
        builder.Services.AddIngest(builder.Configuration);
        var app = builder.Build();
        app.UseIngest();
        app.UseRouting();
        app.MapIngest();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new IngestServer(app);
    }

    public static string Hash(string key) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Posts a body with the key in the Authorization header; gives status and the answer's JSON.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(string path, string body, string? key = Key)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await PostAsync(path, content, key);
    }

    public async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(string path, HttpContent content, string? key = Key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":")));
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonDocument.Parse(text).RootElement);
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
