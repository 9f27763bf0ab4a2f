using System.Net.Http.Headers;
using System.Text;

namespace ClickHouse.Embedded.Tests.Support;

/// <summary>Asks an engine over plain HTTP, so that these tests depend on nothing but the engine.</summary>
internal sealed class EngineClient : IDisposable
{
    private readonly HttpClient _http;

    public EngineClient(string connectionString)
    {
        var parts = connectionString.Split(';').Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
        _http = new HttpClient { BaseAddress = new Uri($"http://{parts["Host"]}:{parts["Port"]}/?database={parts["Database"]}") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{parts["Username"]}:{parts["Password"]}")));
    }

    /// <summary>The answer's text; an error's text starts with "Code: ".</summary>
    public async Task<string> AskAsync(string sql)
    {
        using var content = new StringContent(sql);
        using var response = await _http.PostAsync((Uri?)null, content, TestContext.Current.CancellationToken);
        return (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd('\n');
    }

    public void Dispose() => _http.Dispose();
}
