using System.Net;
using LifecycleMetrics.Reporting.Access;
using LifecycleMetrics.Reporting.OData;
using LifecycleMetrics.Storage;
using LifecycleMetrics.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Reporting.Tests.OData;

/// <summary>The OData service as the server composes it, over real HTTP on a free port.</summary>
internal sealed class ODataHost : IAsyncDisposable
{
    public const string Key = "lm_read_test_sesame";
    private const string KeyHash = "37f0883a61a584eb5f4ab4c72dcf786da69de90cb7796e9de783822543f7994a";

    private readonly WebApplication _app;

    private ODataHost(WebApplication app)
    {
        _app = app;
        BaseAddress = new Uri(app.Urls.First());
        Client = CreateClient();
        Client.DefaultRequestHeaders.Add("X-Api-Key", Key);
    }

    public Uri BaseAddress { get; }

    /// <summary>Sends the key with every request.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<ODataHost> StartAsync(TestDatabase database, params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection(database.Configuration());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Reporting:Keys:0:Id"] = "test",
            ["Reporting:Keys:0:Scope"] = "read",
            ["Reporting:Keys:0:Sha256"] = KeyHash,
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        builder.Services.AddStorage(builder.Configuration);
        builder.Services.AddReadAccess(builder.Configuration);
        builder.Services.AddOData(builder.Configuration);
        var app = builder.Build();
        app.MapOData();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ODataHost(app);
    }

    /// <summary>A client without key.</summary>
    public HttpClient CreateClient() =>
        new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = BaseAddress };

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
