using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace LifecycleMetrics.EndToEnd.Tests.Support;

/// <summary>Sends events and reads OData, as anyone outside would.</summary>
internal sealed class Client : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly HttpClient _http;
    private readonly string _writeKey;
    private readonly string _readKey;

    public Client(string url, string writeKey = TestKeys.Write, string readKey = TestKeys.Read)
    {
        _http = new HttpClient { BaseAddress = new Uri(url) };
        _writeKey = writeKey;
        _readKey = readKey;
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string body, string? writeKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            Headers = { Authorization = Basic(writeKey ?? _writeKey) },
        };
        using var response = await _http.SendAsync(request, Cancelled);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled));
    }

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = Basic(_readKey) } };
        using var response = await _http.SendAsync(request, Cancelled);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancelled));
    }

    /// <summary>All rows of an OData query, page after page.</summary>
    public async Task<List<JsonElement>> RowsAsync(string query)
    {
        var rows = new List<JsonElement>();
        for (var next = $"/odata/{query}"; next is not null;)
        {
            var (status, body) = await GetAsync(next);
            Assert.True(status == HttpStatusCode.OK, body);
            var page = JsonDocument.Parse(body).RootElement;
            rows.AddRange(page.GetProperty("value").EnumerateArray());
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        return rows;
    }

    /// <summary>The number of rows of a set, through $count.</summary>
    public async Task<long> CountAsync(string set, string filter)
    {
        var (status, body) = await GetAsync($"/odata/{set}/$count?$filter={Uri.EscapeDataString(filter)}");
        Assert.True(status == HttpStatusCode.OK, body);
        return long.Parse(body.Trim('\uFEFF'));
    }

    /// <summary>Waits until the server says that it is ready.</summary>
    public async Task WaitForReadyAsync()
    {
        var until = DateTime.UtcNow + Patience;
        var (status, body) = await GetAsync("/healthz/ready");
        while (status != HttpStatusCode.OK && DateTime.UtcNow < until)
        {
            await Task.Delay(Poll, Cancelled);
            (status, body) = await GetAsync("/healthz/ready");
        }

        Assert.True(status == HttpStatusCode.OK, body);
    }

    /// <summary>Waits until as many rows are there.</summary>
    public async Task WaitForCountAsync(string set, string filter, long expected)
    {
        var until = DateTime.UtcNow + Patience;
        var count = await CountAsync(set, filter);
        while (count < expected && DateTime.UtcNow < until)
        {
            await Task.Delay(Poll, Cancelled);
            count = await CountAsync(set, filter);
        }

        Assert.Equal(expected, count);
    }

    /// <summary>Waits until all events of the test key can be queried: those sent, each exactly once.</summary>
    public async Task AssertEachOnceAsync(IReadOnlyCollection<string> sent, int count)
    {
        await WaitForCountAsync("Touchpoints", $"Source eq '{TestKeys.Source}'", count);
        var rows = await RowsAsync($"Touchpoints?$select=EventId&$filter=Source eq '{TestKeys.Source}'");
        Assert.Equal(
            sent.Order(StringComparer.Ordinal),
            rows.Select(r => r.GetProperty("EventId").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(count, sent.Distinct().Count());
    }

    public void Dispose() => _http.Dispose();

    private static AuthenticationHeaderValue Basic(string key) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key}:")));
}
