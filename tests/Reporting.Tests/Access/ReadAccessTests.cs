using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LifecycleMetrics.Reporting.Tests.OData;

namespace LifecycleMetrics.Reporting.Tests.Access;

/// <summary>Every way to present a key, over real HTTP.</summary>
public sealed class ReadAccessTests(ODataServiceFixture service) : IClassFixture<ODataServiceFixture>
{
    [Theory]
    [InlineData("Basic", "anything:" + ODataHost.Key)]
    [InlineData("Basic", ODataHost.Key + ":")]
    [InlineData("Basic", ODataHost.Key + ":x")]
    [InlineData("Bearer", ODataHost.Key)]
    [InlineData("X-Api-Key", ODataHost.Key)]
    [InlineData("?apikey=", ODataHost.Key)]
    public async Task Accepts_KnownKey(string way, string value) =>
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(way, value)).StatusCode);

    [Theory]
    [InlineData("Basic", "user:password", "not known")]
    [InlineData("Basic", "lm_read_test_wrong:", "not known")]
    [InlineData("Bearer", "lm_admin_test_sesame", "not known")]
    [InlineData("Bearer", "lm_read_other_sesame", "not known")]
    [InlineData("Bearer", "lm_write_test_sesame", "write key cannot read")]
    [InlineData("X-Api-Key", "", "scope read is needed")]
    [InlineData("?apikey=", "x", "not known")]
    public async Task Rejects_AnyOtherKey_AskingForBasic(string way, string value, string says)
    {
        using var response = await SendAsync(way, value);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Basic", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
        Assert.Contains(says, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NextLink_OfARequestWithKeyInQuery_CanBeFollowed()
    {
        using var client = service.Host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"odata/Customers?apikey={ODataHost.Key}");
        request.Headers.Add("Prefer", "odata.maxpagesize=60");
        using var first = await client.SendAsync(request, TestContext.Current.CancellationToken);
        using var document = System.Text.Json.JsonDocument.Parse(await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        using var second = await client.GetAsync(document.RootElement.GetProperty("@odata.nextLink").GetString(), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(string way, string value)
    {
        using var client = service.Host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, way[0] == '?' ? "odata" + way + value : "odata");
        if (way == "Basic")
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(value)));
        else if (way == "Bearer")
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", value);
        else if (way[0] == 'X' && value.Length > 0)
            request.Headers.Add(way, value);
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
