using System.Security.Cryptography;
using System.Text;
using LifecycleMetrics.Lifecycle;
using LifecycleMetrics.Lifecycle.Visits;
using LifecycleMetrics.Reporting.Access;
using LifecycleMetrics.Reporting.Dashboards;
using LifecycleMetrics.Reporting.Dashboards.Definitions;
using LifecycleMetrics.Storage;
using LifecycleMetrics.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LifecycleMetrics.Dashboards.Tests.Support;

/// <summary>The viewer on a real port, over a real engine that holds a year of a shop.</summary>
public sealed class ViewerHost(EngineFixture engine) : IAsyncLifetime
{
    /// <summary>A read key that is known to the host.</summary>
    public const string ReadKey = "lm_read_tests_secret";

    private TestDatabase? _database;
    private WebApplication? _app;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public IServiceProvider Services => App.Services;

    public DashboardCatalog Catalog => Services.GetRequiredService<DashboardCatalog>();

    /// <summary>Address of the host, without a slash at the end.</summary>
    public string Address => App.Urls.Single();

    private WebApplication App => _app ?? throw new InvalidOperationException("The host has not been started.");

    public async ValueTask InitializeAsync()
    {
        _database = await engine.CreateDatabaseAsync();
        await _database.MigrateAsync(new ReportSettings { AsOf = ShopData.AsOf });
        foreach (var statement in ShopData.Statements)
        {
            await using var command = _database.Writer.CreateCommand(statement);
            await command.ExecuteNonQueryAsync(Stop);
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(_database.Configuration());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Reporting:Keys:0:Id"] = "tests",
            ["Reporting:Keys:0:Scope"] = "read",
            ["Reporting:Keys:0:Sha256"] = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(ReadKey))),
            ["Dashboards:AnswerLifetime"] = "00:10:00",
        });
        builder.Services.AddStorage(builder.Configuration);
        builder.Services.AddLifecycle(builder.Configuration);
        builder.Services.AddReadAccess(builder.Configuration);
        builder.Services.AddDashboards(builder.Configuration);
        _app = builder.Build();
        _app.MapDashboards();
        await _app.StartAsync(Stop);
        await Services.GetRequiredService<LifecycleRefresher>().BringUpToDateAsync(Stop);
    }

    public HttpClient CreateClient(bool withKey = true)
    {
        var client = new HttpClient { BaseAddress = new Uri(Address + "/dashboards/") };
        if (withKey)
            client.DefaultRequestHeaders.Add("X-Api-Key", ReadKey);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
    }
}
