using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LifecycleMetrics.EndToEnd.Tests.Support;

namespace LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

/// <summary>
/// Numbered events from several senders at once, as SDKs send: a batch that is not acknowledged is sent again with the same
/// message ids until it is, and now and then one that was. One event of each batch is to be refused. Keeps the books.
/// </summary>
internal sealed class Load(string url, Random random, int senders = 3, int batchSize = 40) : IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(25);

    private readonly string _name = $"n{random.Next().ToString("x8", CultureInfo.InvariantCulture)}";
    private readonly int[] _seeds = [.. Enumerable.Range(0, senders).Select(_ => random.Next())];
    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();
    private readonly ConcurrentDictionary<string, bool> _refused = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abandon = new();
    private Task _sending = Task.CompletedTask;
    private int _answers;
    private int _busy;
    private int _unanswered;
    private int _repeated;
    private long _accepted;
    private long _duplicates;

    /// <summary>How long a sender waits for an answer before it sends the same again.</summary>
    public Func<Random, TimeSpan> Patience { get; init; } = _ => TimeSpan.FromSeconds(10);

    /// <summary>Pause after an acknowledged batch.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(4);

    /// <summary>How often, after an acknowledged batch, any one of those acknowledged so far is sent again.</summary>
    public double ResendShare { get; init; } = 0.05;

    /// <summary>Bytes added to each event.</summary>
    public int Padding { get; init; }

    /// <summary>Ids of acknowledged events: each must be stored once.</summary>
    public ICollection<string> Acknowledged => _acknowledged.Keys;

    /// <summary>Ids of refused events: each must be in the dead letters.</summary>
    public ICollection<string> Refused => _refused.Keys;

    /// <summary>Requests answered with 429.</summary>
    public int Busy => Volatile.Read(ref _busy);

    /// <summary>Requests without an answer.</summary>
    public int Unanswered => Volatile.Read(ref _unanswered);

    /// <summary>Events that some answer called duplicates.</summary>
    public long Duplicates => Interlocked.Read(ref _duplicates);

    public string Figures => FormattableString.Invariant(
        $"{_acknowledged.Count} events acknowledged, {_refused.Count} refused, in {_answers} answers; {_busy} answered 429, {_unanswered} not answered, {_repeated} sent again on purpose; answers counted {_accepted} accepted, {_duplicates} duplicates");

    public void Start() => _sending = Task.WhenAll(_seeds.Select((seed, n) => Task.Run(() => SendAsync(n, new Random(seed)))));

    /// <summary>Waits until as many more events are acknowledged.</summary>
    public Task WaitForMoreAsync(int events)
    {
        var target = _acknowledged.Count + events;
        return WaitForAsync(() => _acknowledged.Count >= target);
    }

    /// <summary>Waits for something, and fails as soon as the sending fails.</summary>
    public async Task WaitForAsync(Func<bool> condition)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromMinutes(2));
        while (!condition())
        {
            if (_sending.IsCompleted) await _sending;
            await Task.Delay(5, timeout.Token);
        }
    }

    /// <summary>Ends the sending once the batches under way are acknowledged.</summary>
    public async Task FinishAsync()
    {
        await _stop.CancelAsync();
        await _sending.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _abandon.CancelAsync();
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // FinishAsync has thrown what there was to throw.
        _stop.Dispose();
        _abandon.Dispose();
    }

    private async Task SendAsync(int sender, Random random)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Add("X-Api-Key", TestKeys.Write);
        var sent = new List<string>();
        for (var batch = 0; !_stop.IsCancellationRequested; batch++)
        {
            string[] ids = [.. Enumerable.Range(0, batchSize).Select(n => string.Create(CultureInfo.InvariantCulture, $"{_name}-{sender}-{batch}-{n}"))];
            var body = Body(ids);
            while (!await TrySendAsync(http, body, Patience(random)))
            {
                // A test that has failed sends no more, though nobody took the batch.
                if (_abandon.IsCancellationRequested || TestContext.Current.CancellationToken.IsCancellationRequested) return;
                await Task.Delay(RetryAfter, TestContext.Current.CancellationToken);
            }

            foreach (var id in ids[1..]) _acknowledged[id] = true;
            _refused[ids[0]] = true;
            sent.Add(body);
            if (random.NextDouble() < ResendShare)
            {
                Interlocked.Increment(ref _repeated);
                await TrySendAsync(http, sent[random.Next(sent.Count)], Patience(random));
            }

            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }

    private async Task<bool> TrySendAsync(HttpClient http, string body, TimeSpan patience)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(patience);
        try
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(new Uri($"{url}/v1/batch"), content, limit.Token);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.InRange(response.Headers.RetryAfter?.Delta ?? TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
                Interlocked.Increment(ref _busy);
                return false;
            }

            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync(limit.Token)}");
            Count(await response.Content.ReadFromJsonAsync<JsonElement>(limit.Token));
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Interlocked.Increment(ref _unanswered);
            return false;
        }
    }

    // What comes back adds up in every single answer.
    private void Count(JsonElement answer)
    {
        var (accepted, rejected, duplicates) =
            (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("rejected").GetInt32(), answer.GetProperty("duplicates").GetInt32());
        Assert.Equal(batchSize, accepted + rejected + duplicates);
        Assert.Equal(1, rejected);
        Assert.Equal("missing_id", answer.GetProperty("errors")[0].GetProperty("reason").GetString());
        Interlocked.Increment(ref _answers);
        Interlocked.Add(ref _accepted, accepted);
        Interlocked.Add(ref _duplicates, duplicates);
    }

    private string Body(string[] ids) => JsonSerializer.Serialize(new
    {
        batch = ids.Select((id, n) => new
        {
            type = "track",
            messageId = id,
            userId = n == 0 ? null : $"{_name}-user-{(n % 7).ToString(CultureInfo.InvariantCulture)}",
            @event = "Product Viewed",
            properties = new { n, padding = new string('x', Padding) },
        }),
    });
}
