using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LifecycleMetrics.Dashboards.Tests.Support;

namespace LifecycleMetrics.Dashboards.Tests;

[Collection(SharedViewer.Name)]
public sealed class DashboardEndpointsTests(ViewerHost host)
{
    private const string Query = "api/dashboards/executive-overview/query";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Api_WithoutKey_Answers401WithoutAskingTheBrowserForAPassword()
    {
        using var client = host.CreateClient(withKey: false);

        var answer = await client.GetAsync(new Uri("api/dashboards", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(answer.Headers.WwwAuthenticate);
        Assert.Equal("unauthorized", (await ErrorAsync(answer)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task SignIn_WithAReadKey_SetsACookieThatOpensTheApi()
    {
        using var client = host.CreateClient(withKey: false);

        var wrong = await client.PostAsJsonAsync("api/sign-in", new { key = "lm_write_tests_secret" }, Stop);
        var right = await client.PostAsJsonAsync("api/sign-in", new { key = ViewerHost.ReadKey }, Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        var cookie = Assert.Single(right.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("api/dashboards", UriKind.Relative), Stop)).StatusCode);
    }

    [Fact]
    public async Task Dashboard_ForTheBrowser_HasNoSql()
    {
        using var client = host.CreateClient();

        var text = await client.GetStringAsync(new Uri("api/dashboards/executive-overview", UriKind.Relative), Stop);

        Assert.DoesNotContain("select ", text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("""{ "panelId": 1, "refId": "A", "from": 5, "to": 1 }""", "empty")]
    [InlineData("""{ "panelId": 1, "refId": "Z", "from": 1, "to": 5 }""", "no query Z in panel 1")]
    [InlineData("""{ "panelId": 1, "refId": "A", "from": 1, "to": 5, "variables": { "grain": ["month' or 1=1"] } }""", "has no choice")]
    [InlineData("""{ "panelId": 1, "refId": "A", "from": 1, "to": 5, "variables": { "sql": ["select 1"] } }""", "no variable 'sql'")]
    [InlineData("""{ "panelId": 1, "refId": "A", "from": 1, "to": 5, "variables": { "grain": ["month", "week"] } }""", "takes one value")]
    public async Task Query_ThatIsNotAllowed_Answers400AndSaysWhy(string body, string reason)
    {
        using var client = host.CreateClient();
        using var content = new StringContent(body, null, "application/json");

        var answer = await client.PostAsync(new Uri(Query, UriKind.Relative), content, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(reason, (await ErrorAsync(answer)).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfTheViewer_AllowsNoScriptButItsOwnAndNamesNoOtherHost()
    {
        using var client = host.CreateClient(withKey: false);

        var answer = await client.GetAsync(new Uri("executive-overview", UriKind.Relative), Stop);
        var page = await answer.Content.ReadAsStringAsync(Stop);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri("no-such-board", UriKind.Relative), Stop)).StatusCode);
    }

    private static async Task<JsonElement> ErrorAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("error");
}
