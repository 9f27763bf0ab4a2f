using System.Net;
using System.Text.Json;

namespace LifecycleMetrics.Reporting.Tests.OData;

/// <summary>What tests of the service have in common.</summary>
public abstract class ODataServiceTests(ODataServiceFixture service) : IClassFixture<ODataServiceFixture>
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected ODataServiceFixture Service => service;

    protected async Task<JsonElement> JsonAsync(string url)
    {
        using var response = await Service.Host.Client.GetAsync(url, Cancellation);
        return await JsonAsync(response);
    }

    protected static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.IsSuccessStatusCode, text);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    protected async Task AssertErrorAsync(string url, HttpStatusCode status, string says)
    {
        using var response = await Service.Host.Client.GetAsync(url, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(status, response.StatusCode);
        using var document = JsonDocument.Parse(text);
        var error = document.RootElement.GetProperty("error");
        Assert.NotEmpty(error.GetProperty("code").GetString()!);
        Assert.Contains(says, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
