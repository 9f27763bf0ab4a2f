using System.Net;
using System.Text;
using System.Text.Json;
using LifecycleMetrics.Ingest.Receiving;
using LifecycleMetrics.Ingest.Tests.Support;

namespace LifecycleMetrics.Ingest.Tests.Receiving;

/// <summary>What a browser asks and sends, request by request. The end-to-end tests have a real one.</summary>
public sealed class BrowserAccessTests : IDisposable
{
    private const string Shop = "https://shop.example";
    private const string Partner = "https://partner.example:8443";
    private readonly TempDirectory _directory = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("/v1/t", Shop)]
    [InlineData("/v1/batch", Shop)]
    [InlineData("/v1/t", Partner)] // allowed by another key than the first
    public async Task Preflight_OfAnOriginThatAnyKeyAllows_IsAnswered(string path, string origin)
    {
        await using var server = await StartAsync();
        using var response = await PreflightAsync(server, path, origin);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(origin, Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal("POST", Header(response, "Access-Control-Allow-Methods"));
        Assert.Equal("authorization,content-type", Header(response, "Access-Control-Allow-Headers"));
        Assert.Equal("Origin", Header(response, "Vary"));
        Assert.Null(Header(response, "Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("/v1/t", "https://elsewhere.example")]
    [InlineData("/v1/t", "http://shop.example")] // another scheme is another origin
    [InlineData("/v1/t", "https://shop.example.evil")]
    [InlineData("/v1/t", "null")]
    [InlineData("/v1/costs", Shop)] // no business of a page
    public async Task Preflight_OfAnyOther_AllowsNothing(string path, string origin)
    {
        await using var server = await StartAsync();
        using var response = await PreflightAsync(server, path, origin);
        Assert.Null(Header(response, "Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Event_FromAnAllowedOrigin_IsTaken_AndThePageMayReadTheAnswer(bool keyInHeader)
    {
        await using var server = await StartAsync();
        using var response = await SendAsync(server, Shop, keyInHeader);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal((Shop, "Retry-After"), (Header(response, "Access-Control-Allow-Origin"), Header(response, "Access-Control-Expose-Headers")));
        Assert.Single(RowReader.ReadDirectory(_directory.Spool));
    }

    [Theory]
    [InlineData(Partner, true)] // another key's
    [InlineData(Partner, false)]
    [InlineData("https://elsewhere.example", true)]
    [InlineData("https://elsewhere.example", false)]
    [InlineData("null", true)]
    public async Task Event_FromAnOriginItsKeyDoesNotAllow_Is403(string origin, bool keyInHeader)
    {
        await using var server = await StartAsync();
        using var response = await SendAsync(server, origin, keyInHeader);
        Assert.Equal((HttpStatusCode.Forbidden, "origin_not_allowed"), (response.StatusCode, await CodeAsync(response)));
        // A page learns why only if it may talk to the server at all.
        Assert.Equal(string.Equals(origin, Partner, StringComparison.Ordinal) ? Partner : null, Header(response, "Access-Control-Allow-Origin"));
        Assert.Empty(RowReader.ReadDirectory(_directory.Spool));
    }

    [Fact]
    public async Task Star_AllowsEveryOrigin()
    {
        await using var server = await StartAsync("*");
        using var response = await SendAsync(server, "https://anything.example", keyInHeader: true);
        Assert.Equal((HttpStatusCode.OK, "https://anything.example"), (response.StatusCode, Header(response, "Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task Event_WithoutOriginOrFromTheServersOwnHost_NeedsNoAllowance()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        using var without = await SendAsync(server, origin: null, keyInHeader: true);
        Assert.Equal((HttpStatusCode.OK, null), (without.StatusCode, Header(without, "Vary")));
        using var own = await SendAsync(server, $"https://{server.Client.BaseAddress!.Authority}", keyInHeader: true);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    [Fact]
    public async Task Unconfigured_NoPageMaySend()
    {
        await using var server = await IngestServer.StartAsync(_directory.Path);
        using var preflight = await PreflightAsync(server, "/v1/t", Shop);
        Assert.Null(Header(preflight, "Access-Control-Allow-Origin"));
        using var response = await SendAsync(server, Shop, keyInHeader: false);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData("https://shop.example", true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("http://[::1]:3000", true)]
    [InlineData("capacitor://localhost", true)]
    [InlineData("https://shop.example/", false)]
    [InlineData("https://shop.example:443", false)] // browsers leave the usual port out
    [InlineData("https://user@shop.example", false)]
    [InlineData("shop.example", false)]
    [InlineData("https://*.shop.example", false)]
    [InlineData("https://müsli.example", false)] // browsers write xn--msli-0ra.example
    [InlineData("null", false)]
    [InlineData("", false)]
    public void Origin_IsValidAsBrowsersWriteIt(string text, bool isValid) => Assert.Equal(isValid, AllowedOrigins.IsValid(text));

    private Task<IngestServer> StartAsync(string shop = Shop) => IngestServer.StartAsync(_directory.Path, configure: settings =>
    {
        settings["Ingest:Keys:0:AllowedOrigins:0"] = shop;
        settings["Ingest:Keys:1:AllowedOrigins:0"] = Partner;
    });

    private static async Task<HttpResponseMessage> PreflightAsync(IngestServer server, string path, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, path);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        return await server.Client.SendAsync(request, Cancelled);
    }

    private static async Task<HttpResponseMessage> SendAsync(IngestServer server, string? origin, bool keyInHeader)
    {
        var body = keyInHeader
            ? """{"event":"x","userId":"u"}"""
            : $$"""{"event":"x","userId":"u","writeKey":"{{IngestServer.Key}}"}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/t") { Content = new StringContent(body, Encoding.UTF8, "text/plain") };
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        if (keyInHeader)
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(IngestServer.Key + ":")));
        return await server.Client.SendAsync(request, Cancelled);
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    private static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancelled)).RootElement.GetProperty("error").GetProperty("code").GetString();
}
