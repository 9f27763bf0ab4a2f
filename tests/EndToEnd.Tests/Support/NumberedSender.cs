using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace LifecycleMetrics.EndToEnd.Tests.Support;

/// <summary>
/// Sends numbered events batch after batch, as an SDK does: a batch that is not acknowledged is sent again with the same
/// message ids until it is. Remembers what was acknowledged.
/// </summary>
internal sealed class NumberedSender(string name, int batchSize)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(50);

    private readonly List<string> _acknowledged = [];

    /// <summary>Message ids of acknowledged events, in order.</summary>
    public IReadOnlyList<string> Acknowledged => _acknowledged;

    /// <summary>Requests that got no answer or one that says to come again.</summary>
    public int Retries { get; private set; }

    /// <param name="server">Where to send now; changes when the server is started anew.</param>
    /// <param name="stop">Ends the sending once the batch under way is acknowledged.</param>
    public async Task RunAsync(Func<string> server, CancellationToken stop)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        http.DefaultRequestHeaders.Add("X-Api-Key", TestKeys.Write);
        for (var batch = 0; !stop.IsCancellationRequested; batch++)
        {
            var ids = Enumerable.Range(batch * batchSize, batchSize)
                .Select(n => $"{name}-{n.ToString(CultureInfo.InvariantCulture)}").ToArray();
            while (!await TrySendAsync(http, server(), Body(ids)))
            {
                Retries++;
                await Task.Delay(RetryAfter, TestContext.Current.CancellationToken);
            }

            _acknowledged.AddRange(ids);
        }
    }

    private static async Task<bool> TrySendAsync(HttpClient http, string server, string body)
    {
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(new Uri($"{server}/v1/batch"), content, TestContext.Current.CancellationToken);
            if (response.StatusCode == HttpStatusCode.OK) return true;
            Assert.True(response.StatusCode == HttpStatusCode.TooManyRequests, await response.Content.ReadAsStringAsync());
            return false;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            return false; // The server was killed under the request.
        }
    }

    private string Body(IEnumerable<string> ids) => JsonSerializer.Serialize(new
    {
        batch = ids.Select((id, n) => new
        {
            type = "track",
            messageId = id,
            userId = $"{name}-user-{n % 7}",
            @event = "Product Viewed",
            properties = new { n },
        }),
    });
}
