using System.Globalization;
using System.Threading.Channels;

namespace LifecycleMetrics.Server.Demo;

/// <summary>
/// Feeds the demo shop into a running server through its own HTTP interface: first the history, once per data directory,
/// then a trickle of live events.
/// </summary>
public sealed class DemoFeeder
{
    private readonly DemoClient _client;
    private readonly string _dataDirectory;
    private readonly DemoOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <param name="http">Client whose base address is the server's.</param>
    /// <param name="writeKey">A write key that may name the source of its events.</param>
    /// <param name="dataDirectory">Where <c>demo.json</c> remembers how much of the history is loaded.</param>
    /// <param name="options">Size of the shop and pace of sending.</param>
    /// <param name="time">Clock: the history ends when it is first asked.</param>
    /// <param name="logger">Log.</param>
    /// <exception cref="ArgumentException">A setting can't be used; the message names all that can't.</exception>
    public DemoFeeder(
        HttpClient http, string writeKey, string dataDirectory, DemoOptions options, TimeProvider time, ILogger<DemoFeeder> logger)
    {
        var faults = string.Join(' ', options.Faults());
        if (faults.Length > 0)
            throw new ArgumentException(faults, nameof(options));
        _client = new(http, writeKey, time, logger);
        _dataDirectory = dataDirectory;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>True if this data directory already holds the whole history.</summary>
    public bool IsHistoryLoaded => DemoState.Read(_dataDirectory) is { IsLoaded: true };

    /// <summary>
    /// Loads the history, or the rest of it after an interrupted start; returns at once if it is loaded.
    /// Sending a part twice is harmless: its message ids are known.
    /// </summary>
    /// <param name="progress">Told after every acknowledged request.</param>
    /// <param name="cancellationToken">Interrupts the loading; the next start continues it.</param>
    public async Task LoadHistoryAsync(IProgress<DemoProgress>? progress, CancellationToken cancellationToken)
    {
        var state = DemoState.Read(_dataDirectory) ?? Begin();
        if (state.IsLoaded)
            return;
        var options = state.Apply(_options);
        var history = new History(state.End, state.Days);
        if (state.Batches > 0)
            Log.HistoryContinued(_logger, state.Events);
        else
            Log.HistoryBegun(_logger, state.Days, state.Customers, state.End);

        var begun = _time.GetTimestamp();
        foreach (var body in CostWriter.Bodies(CampaignCost.Of(history, options)))
            await _client.SendAsync("v1/costs", body, cancellationToken);

        var acknowledged = new Acknowledged(state, history, progress, _dataDirectory);
        await SendAsync(EventBatches.Of(history, options), acknowledged, options.Connections, cancellationToken);
        acknowledged.Finish();
        Log.HistoryLoaded(_logger, acknowledged.Events, _time.GetElapsedTime(begun).TotalSeconds);
    }

    /// <summary>Sends live events at a steady pace until it is cancelled.</summary>
    public async Task TrickleAsync(CancellationToken cancellationToken)
    {
        if (_options.LiveEventsPerSecond == 0)
            return;
        var state = DemoState.Read(_dataDirectory)
            ?? throw new InvalidOperationException("The demo's history was never begun: call LoadHistoryAsync first.");
        var options = state.Apply(_options);
        var start = _time.GetUtcNow();
        var population = new Population(new History(state.End, state.Days), options);
        var trickle = new LiveTrickle(population, options, start);
        var idPrefix = string.Create(CultureInfo.InvariantCulture, $"live-{start.ToUnixTimeMilliseconds()}");

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1 / Math.Min(options.LiveEventsPerSecond, 4)), _time);
        var due = 0.0;
        var perTick = options.LiveEventsPerSecond * timer.Period.TotalSeconds;
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            due += perTick;
            var now = _time.GetUtcNow();
            var touches = Enumerable.Range(0, (int)due).Select(_ => trickle.Next(now)).ToArray();
            due -= touches.Length;
            foreach (var batch in EventBatches.Of(touches, idPrefix))
            {
                using (batch)
                    await SendLiveAsync(batch, cancellationToken);
            }
        }
    }

    private DemoState Begin()
    {
        // Whole seconds: the end is part of every message id.
        var end = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds());
        var state = new DemoState(_options.Seed, _options.Customers, _options.VisitorsPerCustomer, _options.Days, end);
        state.Write(_dataDirectory);
        return state;
    }

    // A trickle is for looking at: what one failed request held is simply missing.
    private async Task SendLiveAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            await _client.SendAsync("v1/batch", batch.Body, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            Log.TrickleFailed(_logger, e);
        }
    }

    private async Task SendAsync(
        IEnumerable<EventBatch> batches, Acknowledged acknowledged, int connections, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var queue = System.Threading.Channels.Channel.CreateBounded<EventBatch>(connections * 2);
        var senders = Enumerable.Range(0, connections).Select(_ => Task.Run(
            async () =>
            {
                await foreach (var batch in queue.Reader.ReadAllAsync(stop.Token))
                {
                    using (batch)
                    {
                        await _client.SendAsync("v1/batch", batch.Body, stop.Token);
                        acknowledged.Add(batch);
                    }
                }
            },
            stop.Token)).ToArray();
        // A sender that fails stops the generator, which otherwise would wait for room forever.
        foreach (var sender in senders)
            _ = sender.ContinueWith(_ => stop.Cancel(), CancellationToken.None, TaskContinuationOptions.NotOnRanToCompletion, TaskScheduler.Default);

        try
        {
            await Task.Run(() => GenerateAsync(batches, acknowledged.First, queue.Writer, stop.Token), stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A sender failed; its own exception follows.
        }

        queue.Writer.TryComplete();
        try
        {
            await Task.WhenAll(senders);
        }
        finally
        {
            acknowledged.Save();
        }
    }

    private static async Task GenerateAsync(
        IEnumerable<EventBatch> batches, int first, ChannelWriter<EventBatch> to, CancellationToken cancellationToken)
    {
        foreach (var batch in batches)
        {
            if (batch.Number < first)
                batch.Dispose();
            else
                await to.WriteAsync(batch, cancellationToken);
        }
    }
}
