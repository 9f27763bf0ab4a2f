using LifecycleMetrics.Dashboards.Tests.Support;
using Microsoft.Playwright;

namespace LifecycleMetrics.Dashboards.Tests;

/// <summary>The viewer in a real browser. Pictures go to the folder in LIFECYCLE_SCREENSHOTS, if it is set.</summary>
[Collection(SharedViewer.Name)]
public sealed class ViewerInBrowserTests(ViewerHost host) : IAsyncLifetime
{
    private static readonly string[] Browsers =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/opt/google/chrome/chrome"];

    private readonly List<string> _complaints = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public static IEnumerable<TheoryDataRow<string>> Uids => ShippedDashboards.Uids;

    public async ValueTask InitializeAsync()
    {
        var path = Browsers.FirstOrDefault(File.Exists);
        if (path is null)
        {
            const string Reason = "No chromium was found; install it (Debian: apt-get install chromium).";
            if (Environment.GetEnvironmentVariable("CI") is "true" or "1")
                Assert.Fail(Reason);
            Assert.Skip(Reason);
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--no-first-run",
            ],
        });
    }

    [Theory]
    [MemberData(nameof(Uids))]
    public async Task Dashboard_InEveryThemeAndWidth_DrawsAllPanels(string uid)
    {
        foreach (var (name, width, scheme) in new[]
                 {
                     ("light", 1440, ColorScheme.Light), ("dark", 1440, ColorScheme.Dark),
                     ("phone", 390, ColorScheme.Light), ("wall", 2560, ColorScheme.Dark),
                 })
        {
            await using var context = await OpenAsync(width, scheme);
            var page = await context.NewPageAsync();
            Watch(page);
            await page.GotoAsync(
                $"{host.Address}/dashboards/{uid}?from={ShopData.From.ToUnixTimeMilliseconds()}&to={ShopData.AsOf.ToUnixTimeMilliseconds()}");
            await AllDrawnAsync(page);
            await page.ScreenshotAsync(Picture($"{uid}-{name}"));

            Assert.Empty(await page.Locator(".panel[data-state=error]").AllInnerTextsAsync());
            Assert.Empty(await page.Locator(".panel[data-state=empty]").AllInnerTextsAsync());
            // Charts are drawn when they hold paths of data, not only axes.
            var charts = page.Locator(".panel-timeseries .plot svg, .panel-heatmap .plot svg, .panel-piechart .plot svg");
            Assert.True(await charts.CountAsync() >= 4);
            foreach (var chart in await charts.AllAsync())
                Assert.True(await chart.Locator("path").CountAsync() > 4);
            Assert.True(await page.Locator(".stat-value").CountAsync() >= 5);
            var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth");
            Assert.True(overflow <= 0, $"The page is {overflow} px wider than the screen at {width} px.");
        }

        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task Dashboard_AfterAChoice_KeepsItInTheAddressAndInLinks()
    {
        await using var context = await OpenAsync(1440, ColorScheme.Light);
        var page = await context.NewPageAsync();
        Watch(page);
        await page.GotoAsync($"{host.Address}/dashboards/executive-overview?from=1775001600000&to=1792065600000");
        await AllDrawnAsync(page);

        await page.GetByLabel("Language").SelectOptionAsync("es");
        await AllDrawnAsync(page);
        Assert.Contains("var-language=es", page.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.GetByText("Adquisición").First).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Conversion funnel" }).ClickAsync();
        await page.WaitForURLAsync("**/conversion-funnel?**");
        await AllDrawnAsync(page);
        Assert.Contains("var-language=es", page.Url, StringComparison.Ordinal);
        Assert.Contains("from=1775001600000", page.Url, StringComparison.Ordinal);
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task Panel_WithTheKeyboardAlone_ShowsItsTable()
    {
        await using var context = await OpenAsync(1440, ColorScheme.Light);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{host.Address}/dashboards/executive-overview?from=1775001600000&to=1792065600000");
        await AllDrawnAsync(page);

        var panel = page.Locator(".panel-piechart");
        await panel.Locator("header button").Last.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(panel.GetByRole(AriaRole.Columnheader, new() { Name = "channel" })).ToBeVisibleAsync();
        Assert.True(await panel.Locator("tbody tr").CountAsync() >= 5);
    }

    [Fact]
    public async Task Browser_WithoutKey_SignsInAndSeesTheList()
    {
        await using var context = await _browser!.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{host.Address}/dashboards/");

        await page.GetByLabel("Read key").FillAsync("lm_read_tests_wrong");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("The key is not known")).ToBeVisibleAsync();
        await page.ScreenshotAsync(Picture("sign-in"));
        await page.GetByLabel("Read key").FillAsync(ViewerHost.ReadKey);
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator(".card")).ToHaveCountAsync(ShippedDashboards.Files.Count);
        await page.ScreenshotAsync(Picture("list"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private Task<IBrowserContext> OpenAsync(int width, ColorScheme scheme) => _browser!.NewContextAsync(new BrowserNewContextOptions
    {
        ViewportSize = new ViewportSize { Width = width, Height = width > 2000 ? 1440 : 900 },
        ColorScheme = scheme,
        ReducedMotion = ReducedMotion.Reduce,
        ExtraHTTPHeaders = new Dictionary<string, string> { ["X-Api-Key"] = ViewerHost.ReadKey },
    });

    /// <summary>Whatever the browser complains of, and every request that leaves this host.</summary>
    private void Watch(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _complaints.Add(message.Text);
        };
        page.PageError += (_, fault) => _complaints.Add(fault);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(host.Address, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
                _complaints.Add("asked " + request.Url);
        };
    }

    private static async Task AllDrawnAsync(IPage page)
    {
        await Assertions.Expect(page.Locator("#app[data-state=done]")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await Assertions.Expect(page.Locator(".panel")).Not.ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".panel[data-state=loading]")).ToHaveCountAsync(0);
    }

    private static PageScreenshotOptions Picture(string name) => new()
    {
        Path = Environment.GetEnvironmentVariable("LIFECYCLE_SCREENSHOTS") is { Length: > 0 } folder
            ? Path.Combine(folder, name + ".png")
            : null,
        FullPage = true,
    };
}
