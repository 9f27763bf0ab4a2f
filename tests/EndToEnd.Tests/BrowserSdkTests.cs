using LifecycleMetrics.EndToEnd.Tests.Support;
using Microsoft.Playwright;

namespace LifecycleMetrics.EndToEnd.Tests;

/// <summary>The browser SDK, unchanged from npm, in a real browser, on a page of another origin than the server's.</summary>
public sealed class BrowserSdkTests : IAsyncLifetime
{
    // The browser's own would name a headless one, which counts as a bot.
    private const string UserAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

    private readonly DataDirectory _data = new();
    private string _sdks = "";
    private ShopPage _shop = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        var chromium = Tool.Need("chromium");
        await _data.PrepareAsync();
        _sdks = await Sdks.InstallAsync();
        _shop = await ShopPage.StartAsync(_sdks);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_shop is not null) await _shop.DisposeAsync();
        _data.Dispose();
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("batching")]
    public async Task Page_OfAnAllowedOrigin_DeliversEachEventOnce(string strategy)
    {
        const int count = 40;
        await using var server = await ServerProcess.StartAsync(Launch());
        using var client = new Client(server.Url);

        var other = await OpenAsync(_shop.OtherOrigin);
        var blocked = other.WaitForConsoleMessageAsync(new() { Predicate = message => message.Text.Contains("CORS policy", StringComparison.Ordinal) });
        var unsent = SendAsync(other, server, strategy, count);
        await blocked;
        await other.CloseAsync();
        // The batching SDK takes events over at once; the other one still waits to deliver them when its page goes.
        if (await Record.ExceptionAsync(() => unsent) is { } e) Assert.IsAssignableFrom<PlaywrightException>(e);

        var page = await OpenAsync(_shop.Origin);
        var sent = await SendAsync(page, server, strategy, count);
        await client.AssertEachOnceAsync(sent, count);
        var types = await client.RowsAsync($"Touchpoints?$select=Type,IsBot&$filter=Source eq '{TestKeys.Source}'");
        Assert.Equal(
            ["alias", "group", "identify", "page", "screen", "track"],
            types.Select(row => row.GetProperty("Type").GetString()).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// 40 events at once. One by one most are answered with 429, some several times; in batches the second has to wait for the
    /// first to be paid for.
    /// </summary>
    [Theory]
    [InlineData("standard", 10)]
    [InlineData("batching", 2)]
    public async Task Page_ThatIsTooFast_WaitsAndDeliversEachOnce(string strategy, int eventsPerSecond)
    {
        const int count = 40;
        await using var server = await ServerProcess.StartAsync(Launch(KeySettings.Rate(eventsPerSecond, burst: 1)));
        using var client = new Client(server.Url);
        var page = await OpenAsync(_shop.Origin);
        var start = DateTime.UtcNow;
        var sent = await SendAsync(page, server, strategy, count);
        await client.AssertEachOnceAsync(sent, count);

        var refused = await client.RefusedAsync("rate_limited");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{strategy}: {refused} times 429, all queryable after {(DateTime.UtcNow - start).TotalSeconds:0.0} s");
        Assert.True(refused > 0, "The server never answered with 429.");
    }

    [Fact]
    public async Task Page_ThatIsLeft_SendsWhatItHasCollected()
    {
        const int count = 7; // less than a batch
        await using var server = await ServerProcess.StartAsync(Launch());
        using var client = new Client(server.Url);
        var page = await OpenAsync(_shop.Origin);
        var sent = await SendAsync(page, server, "batching", count, timeout: 3_600_000);
        await page.GotoAsync("about:blank");
        await client.AssertEachOnceAsync(sent, count);
    }

    private ServerLaunch Launch(Dictionary<string, string?>? settings = null) => new(_data.Path, "serve")
    {
        Environment = KeySettings.Origin(_shop.Origin).Concat(settings ?? []).ToDictionary(),
    };

    private async Task<IPage> OpenAsync(string origin)
    {
        var page = await _browser.NewPageAsync(new BrowserNewPageOptions { UserAgent = UserAgent });
        await page.GotoAsync($"{origin}/?utm_source=google&utm_campaign=spring");
        return page;
    }

    private async Task<string[]> SendAsync(IPage page, ServerProcess server, string strategy, int count, int timeout = 200)
    {
        var script = await File.ReadAllTextAsync(Path.Combine(_sdks, "browser.js"), TestContext.Current.CancellationToken);
        return await page.EvaluateAsync<string[]>(script, new { url = server.Url, writeKey = TestKeys.Write, count, strategy, timeout });
    }
}
