using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using LifecycleMetrics.EndToEnd.Tests.Support;
using Microsoft.Playwright;

namespace LifecycleMetrics.EndToEnd.Tests;

/// <summary>The first command of the README, with a smaller shop.</summary>
public sealed partial class DemoTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Demo_ShowsItsShopEverywhere_StopsWhatItStarted_AndGoesOnFromTheData()
    {
        using var data = new DataDirectory();
        long orders;
        await using (var first = await ServerProcess.StartAsync(data.Path, "demo", "--customers", "400"))
        {
            using var client = new Client(first.Url, "demo-write", "demo-read");
            orders = await client.CountAsync("Orders", "RevenueMinor gt 0");
            Assert.True(orders > 100, $"The demo has only {orders} orders.");
            var conversions = await client.RowsAsync("StageConversions?$filter=Grain eq 'month' and Dimension eq 'all' and Numerator gt 0");
            Assert.NotEmpty(conversions);
            await AssertDashboardsShowChartsAsync(first.Url);
            await AssertMetricsAreCleanAsync(client);

            var engine = await ChildrenAsync(first);
            Assert.Equal(0, await StopWithInterruptAsync(first));
            Assert.All(engine, id => Assert.Throws<ArgumentException>(() => Process.GetProcessById(id)));
        }

        await using var second = await ServerProcess.StartAsync(data.Path, "demo");
        using var again = new Client(second.Url, "demo-write", "demo-read");
        Assert.DoesNotContain("Loading", second.Output, StringComparison.Ordinal);
        Assert.True(await again.CountAsync("Orders", "RevenueMinor gt 0") >= orders);
    }

    private static async Task AssertDashboardsShowChartsAsync(string url)
    {
        var chromium = Tool.Need("chromium");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1400, Height = 1000 } });
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error") errors.Add(message.Text);
        };
        var redirected = await page.GotoAsync(url);
        Assert.Equal($"{url}/dashboards/", redirected!.Url);
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { NameRegex = ExecutiveOverview() }).First.ClickAsync();
        await Assertions.Expect(page.Locator("#app[data-state=done]")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(AppContext.BaseDirectory, "demo-dashboard.png"), FullPage = true });

        Assert.True(await page.Locator(".plot svg").CountAsync() >= 3, "The dashboard shows fewer than three charts.");
        Assert.Empty(await page.Locator(".panel[data-state=error], .panel[data-state=empty]").AllInnerTextsAsync());
        Assert.Empty(errors);
    }

    private static async Task AssertMetricsAreCleanAsync(Client client)
    {
        var promtool = Tool.Need("promtool");
        var (status, text) = await client.GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.OK, status);

        var (exitCode, output, error) = await Tool.RunAsync(promtool, ["check", "metrics"], input: text);

        Assert.True(exitCode == 0, output + error);
        Assert.Contains("accepted", text, StringComparison.Ordinal);
    }

    private static async Task<int[]> ChildrenAsync(ServerProcess server)
    {
        var (_, output, _) = await Tool.RunAsync("pgrep", ["-P", server.Id.ToString(CultureInfo.InvariantCulture)]);
        var children = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToArray();
        Assert.NotEmpty(children);
        return children;
    }

    // Ctrl-C reaches every process of the terminal's group, the engine's too.
    private static async Task<int> StopWithInterruptAsync(ServerProcess server)
    {
        foreach (var id in (await ChildrenAsync(server)).Append(server.Id))
            await Tool.RunAsync("kill", ["-INT", id.ToString(CultureInfo.InvariantCulture)]);
        return await server.WaitForExitAsync();
    }

    [GeneratedRegex("executive", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ExecutiveOverview();
}
