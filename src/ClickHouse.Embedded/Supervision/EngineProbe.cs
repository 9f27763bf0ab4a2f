using System.Net.Http.Headers;
using System.Text;
using ClickHouse.Embedded.Configuration;

namespace ClickHouse.Embedded.Supervision;

/// <summary>Asks the engine, as the writer, whether it answers: a stranger on the port would not know the password.</summary>
internal sealed class EngineProbe : IDisposable
{
    private readonly HttpClient _http;

    public EngineProbe(EngineLaunch launch)
    {
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{launch.HttpPort}/"), Timeout = TimeSpan.FromSeconds(5) };
        var credentials = $"{EngineCredentials.Name(EngineUser.Writer)}:{launch.WriterPassword}";
        _http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
    }

    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("/?query=SELECT+1", UriKind.Relative), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // Not listening yet.
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false; // Listening, but slower than the probe waits.
        }
    }

    public async Task ExecuteAsync(string statement, CancellationToken cancellationToken)
    {
        using var content = new StringContent(statement);
        using var response = await _http.PostAsync(new Uri("/", UriKind.Relative), content, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new EmbeddedClickHouseException(
                EngineFault.EngineExited,
                $"The engine refused '{statement}': {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }

    public void Dispose() => _http.Dispose();
}
