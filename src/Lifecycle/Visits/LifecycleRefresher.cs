using ClickHouse.Data;
using LifecycleMetrics.Lifecycle.Cells;
using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Personas;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>
/// Keeps subjects, orders and stage visits up to date: about every <see cref="LifecycleOptions.RefreshInterval"/> it works
/// out the subjects that have new events, and all of them at the first start and when a model or the report time zone
/// has changed. There must be one refresher per database.
/// </summary>
public sealed class LifecycleRefresher : BackgroundService
{
    private readonly LifecycleOptions _options;
    private readonly TimeProvider _time;
    private readonly RefreshMetrics _metrics;
    private readonly ILogger<LifecycleRefresher> _logger;
    private readonly CellRefresh _cells;
    private readonly SubjectRefresh _refresh;
    private readonly ModelPublisher _publisher;
    private readonly PersonaPublisher _personas;
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private ModelReading? _reading;
    private bool _isPublished;

    /// <summary>Creates a refresher that writes through <paramref name="database"/>.</summary>
    public LifecycleRefresher(
        ClickHouseDataSource database,
        IOptions<LifecycleOptions> options,
        TimeProvider time,
        RefreshMetrics metrics,
        ILogger<LifecycleRefresher> logger)
        : this(database, options, time, metrics, logger, _ => true)
    {
    }

    /// <summary>Creates a refresher that keeps the cells of some families only, for tests of views that read no others.</summary>
    internal LifecycleRefresher(
        ClickHouseDataSource database,
        IOptions<LifecycleOptions> options,
        TimeProvider time,
        RefreshMetrics metrics,
        ILogger<LifecycleRefresher> logger,
        Func<string, bool> isFamilyKept)
    {
        _options = options.Value;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        var statements = new RefreshDatabase(database, _options.StatementTimeout);
        _cells = new CellRefresh(statements, isFamilyKept);
        _refresh = new SubjectRefresh(statements, _cells, _options, time, metrics, logger);
        _publisher = new ModelPublisher(statements, logger);
        _personas = new PersonaPublisher(statements);
    }

    /// <summary>Reads the models, then begins to refresh.</summary>
    /// <exception cref="InvalidModelException">A model file has a fault; the server must not start with it.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ReadModelsAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Takes in everything that is stored now; returns when it can be read. Used after imports and in tests.</summary>
    /// <exception cref="InvalidModelException">A model file has a fault.</exception>
    public Task<RefreshResult> BringUpToDateAsync(CancellationToken cancellationToken) =>
        RunAsync(forceRebuild: false, cancellationToken);

    /// <summary>Works out all subjects anew.</summary>
    /// <exception cref="InvalidModelException">A model file has a fault.</exception>
    public Task<RefreshResult> RebuildAsync(CancellationToken cancellationToken) =>
        RunAsync(forceRebuild: true, cancellationToken);

    /// <inheritdoc />
    public override void Dispose()
    {
        _oneAtATime.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = _options.RefreshInterval;
            try
            {
                var result = await BringUpToDateAsync(stoppingToken);
                pause = _options.PauseAfter(result.Duration);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The database may be starting or gone for a while; what was not taken in is taken in next time.
                _metrics.RunFailed();
                Log.RefreshFailed(_logger, pause, exception);
            }

            await Task.Delay(pause, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<RefreshResult> RunAsync(bool forceRebuild, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            var reading = await ReadModelsAsync(cancellationToken);
            var result = await RunAsync(reading, forceRebuild, cancellationToken);
            // These make cells from what is there; what has happened since is taken in after that.
            return result.Kind is RefreshKind.CellRebuild or RefreshKind.Compaction && await RunAsync(reading, false, cancellationToken) is { RefreshNo: > 0 } next
                ? next
                : result;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task<RefreshResult> RunAsync(
        ModelReading reading, bool forceRebuild, CancellationToken cancellationToken)
    {
        var state = await _refresh.ReadStateAsync(cancellationToken);
        var kind = forceRebuild ? Rebuild(state, "asked for") : await ChooseAsync(state, reading, cancellationToken);
        if (kind == RefreshKind.None)
        {
            await _refresh.KeepCalendarAsync(state, cancellationToken);
            return RefreshResult.Nothing;
        }

        // A rebuild begins anew in any case; what a refresh has begun is soon done.
        using var patience = new CancellationTokenSource();
        await using var stopping = cancellationToken.Register(
            () => patience.CancelAfter(kind == RefreshKind.Refresh ? _options.StopPatience : TimeSpan.Zero));
        return await _refresh.RunAsync(
            kind,
            state,
            new PersonaSql(reading.Personas.Personas),
            JourneySql.For(reading.Models),
            () => PublishOnceAsync(reading, patience.Token),
            patience.Token);
    }

    private async Task<RefreshKind> ChooseAsync(
        RefreshState state, ModelReading reading, CancellationToken cancellationToken)
    {
        if (!state.HasRun)
        {
            return Rebuild(state, "first start");
        }

        if (state.TimeZone != state.LastTimeZone)
        {
            return Rebuild(state, $"the report time zone is now {state.TimeZone}");
        }

        // Who is which persona depends on T, and with it the slice of everything a subject contributes.
        if (state.AsOf < state.LastAsOf)
        {
            return Rebuild(state, "T has gone back");
        }

        if (!_isPublished)
        {
            if (await _personas.HasChangedAsync(reading.Personas, cancellationToken))
            {
                return Rebuild(state, "new or changed personas");
            }

            var changed = await _publisher.FindChangedAsync(reading.Models, cancellationToken);
            if (changed.Count > 0)
            {
                return Rebuild(state, "new or changed models: " + string.Join(", ", changed.Select(model => model.Id)));
            }

            await PublishOnceAsync(reading, cancellationToken);
            state = await _refresh.ReadStateAsync(cancellationToken);
        }

        if (await CellRebuildReasonAsync(state, cancellationToken) is { } reason)
        {
            Log.CellRebuildNeeded(_logger, reason);
            return RefreshKind.CellRebuild;
        }

        var isQuiet = state.TouchCount + state.DueCount == 0;
        if (state.RunsOfBase > (ulong)_options.CompactAfterRuns * (isQuiet ? 1ul : 2ul))
        {
            return RefreshKind.Compaction;
        }

        return isQuiet ? RefreshKind.None : RefreshKind.Refresh;
    }

    private async Task<string?> CellRebuildReasonAsync(RefreshState state, CancellationToken cancellationToken)
    {
        var schema = await _cells.SchemaAsync(cancellationToken);
        return state switch
        {
            _ when state.IsBroken => $"run {state.LastRefreshNo + 1} broke off",
            _ when state.SettingsHash != state.LastSettingsHash => "the report settings or models have changed",
            _ when schema.DefinitionsHash != state.LastDefinitionsHash => "the definitions of KPIs have changed",
            _ => null,
        };
    }

    private RefreshKind Rebuild(RefreshState state, string reason)
    {
        Log.RebuildNeeded(_logger, state.NextRefreshNo, reason);
        return RefreshKind.Rebuild;
    }

    private async Task PublishOnceAsync(ModelReading reading, CancellationToken cancellationToken)
    {
        if (!_isPublished)
        {
            await _publisher.PublishAsync(reading, _options.DefaultModel, cancellationToken);
            await _personas.PublishAsync(reading.Personas, cancellationToken);
            _isPublished = true;
        }
    }

    private async Task<ModelReading> ReadModelsAsync(CancellationToken cancellationToken)
    {
        if (_reading is not null)
        {
            return _reading;
        }

        var directory = Path.Combine(AppContext.BaseDirectory, _options.ModelsDirectory);
        var reading = (await ModelDirectory.ReadAsync(directory, cancellationToken)).WithDefault(_options.DefaultModel, directory).OrThrow();
        Log.ModelsLoaded(_logger, string.Join(", ", reading.Models.Select(model => $"{model.Id} {model.Version}")));
        return _reading = reading;
    }
}
