using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace LifecycleMetrics.EndToEnd.Tests.Support;

/// <summary>A web site with a page that loads the browser SDK; it is an origin of its own, on a port of its own.</summary>
internal sealed class ShopPage : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ShopPage(WebApplication app)
    {
        _app = app;
        Origin = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    /// <summary>The page's origin.</summary>
    public string Origin { get; }

    /// <summary>The same page under another name: another origin to browsers.</summary>
    public string OtherOrigin => Origin.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    public static async Task<ShopPage> StartAsync(string sdks)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddLogging();
        var app = builder.Build();
        app.UseStaticFiles(new StaticFileOptions
        {
            RequestPath = "/sdk",
            FileProvider = new PhysicalFileProvider(Path.Combine(sdks, "node_modules", "@segment", "analytics-next", "dist", "umd")),
        });
        app.Run(context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync("<!doctype html><title>Shop</title><script src=/sdk/index.js></script>");
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ShopPage(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
