using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace LifecycleMetrics.Server.Demo;

/// <summary>Sends request bodies to the ingest interface as any SDK would, and waits when it is told to.</summary>
internal sealed class DemoClient(HttpClient http, string writeKey, TimeProvider time, ILogger logger)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>Sends until the server has taken the body.</summary>
    /// <param name="path">Path relative to the base address of the client.</param>
    /// <param name="body">The body.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HttpRequestException">The server refuses the request as a whole, or can't be reached.</exception>
    public async Task SendAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ReadOnlyMemoryContent(body) };
            request.Content.Headers.ContentType = Json;
            request.Headers.Authorization = new("Bearer", writeKey);
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), time, cancellationToken);
                continue;
            }

            if (!response.IsSuccessStatusCode)
            {
                var answer = await response.Content.ReadAsStringAsync(cancellationToken);
                throw new HttpRequestException(
                    string.Create(CultureInfo.InvariantCulture, $"{path} answered {(int)response.StatusCode}: {answer}"),
                    inner: null,
                    response.StatusCode);
            }

            await ReportRefusedAsync(response, cancellationToken);
            return;
        }
    }

    private async Task ReportRefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var answer = await response.Content.ReadFromJsonAsync<JsonDocument>(cancellationToken);
        if (answer is null || !answer.RootElement.TryGetProperty("rejected", out var rejected) || rejected.GetInt32() == 0)
            return;
        var reason = answer.RootElement.TryGetProperty("errors", out var errors) && errors.GetArrayLength() > 0
            ? errors[0].ToString()
            : "no reason given";
        Log.EventsRefused(logger, rejected.GetInt32(), reason);
    }
}
