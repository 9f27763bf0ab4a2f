using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Sends imported events to <c>/v1/batch</c> of a running server.</summary>
/// <param name="http">Client whose base address is the server's.</param>
/// <param name="writeKey">A write key that may name the source of its events.</param>
/// <param name="time">Clock for waiting when the server has no room.</param>
public sealed class HttpTarget(HttpClient http, string writeKey, TimeProvider time) : IImportTarget
{
    /// <inheritdoc/>
    public bool NeedsSourceInContext => true;

    /// <inheritdoc/>
    /// <exception cref="HttpRequestException">The server can't be reached, or refuses the batch as a whole.</exception>
    public async Task<IngestReceipt> SendAsync(ReadOnlyMemory<byte> batch, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "v1/batch") { Content = new ReadOnlyMemoryContent(batch) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.Authorization = new("Bearer", writeKey);
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), time, cancellationToken);
                continue;
            }

            if (response.IsSuccessStatusCode)
            {
                return await response.Content.ReadFromJsonAsync<IngestReceipt>(JsonSerializerOptions.Web, cancellationToken)
                    ?? throw new HttpRequestException("v1/batch answered without counts.");
            }

            var answer = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new HttpRequestException(
                string.Create(CultureInfo.InvariantCulture, $"v1/batch answered {(int)response.StatusCode}: {answer}"),
                inner: null,
                response.StatusCode);
        }
    }
}
