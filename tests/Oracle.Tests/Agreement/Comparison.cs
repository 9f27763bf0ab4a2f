using System.Collections.Concurrent;
using System.Globalization;
using ClickHouse.Data;
using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Oracle.Tests.Histories;
using LifecycleMetrics.Oracle.Tests.Kpis;
using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Agreement;

/// <summary>
/// Plays histories into a database in instalments, brings it up to date after each, and compares all views with the
/// oracles: after the last instalment, when T moves on without events, and after a rebuild.
/// </summary>
internal sealed class Comparison(OracleDatabase database, Frame frame, IReadOnlyList<LifecycleModel> models, IReadOnlyList<KpiOracle> oracles)
{
    private readonly ConcurrentDictionary<string, TimeSpan> _times = [];

    /// <summary>How long the parts took, for the output of the test.</summary>
    public IEnumerable<string> Times => _times.Select(time => string.Create(CultureInfo.InvariantCulture, $"{time.Key}: {time.Value.TotalSeconds:0.0} s"));

    /// <summary>Plays the histories; returns what disagrees at the first moment at which something does.</summary>
    public async Task<(Moment At, IReadOnlyList<Disagreement> Rows)?> PlayAsync(IReadOnlyList<History> histories, Extent extent)
    {
        try
        {
            return await PlayAllAsync(histories, extent);
        }
        catch (ClickHouseException exception)
        {
            // A run that fails is a fault of what it ran on, and is made smaller like any other.
            var faulty = await database.FaultyAsync();
            var at = new Moment("when a statement failed", History.Instalments, frame.AsOf);
            return (at, [new Disagreement(faulty.FirstOrDefault("refresh"), exception.Message, null, null, null)]);
        }
    }

    private async Task<(Moment At, IReadOnlyList<Disagreement> Rows)?> PlayAllAsync(IReadOnlyList<History> histories, Extent extent)
    {
        await database.BeginAsync(frame);
        for (var instalment = 1; instalment <= History.Instalments; instalment++)
        {
            await database.AddAsync(histories.SelectMany((history, number) => history.Touches(number, instalment, instalment)));
            await TimeAsync("refresh", database.RefreshAsync);
        }

        // What is wrong then is mostly still so when T has moved on; one frame looks at it, for the time it takes.
        var arrived = new Moment("after the last instalment", History.Instalments, frame.AsOf);
        if (frame == Frame.All[0] && await CompareAsync(histories, Count(histories, arrived, extent), arrived, extent) is { Count: > 0 } rows) return (arrived, rows);

        await database.SetAsOfAsync(frame, frame.LaterAsOf);
        await TimeAsync("refresh", database.RefreshAsync);
        var later = new Moment("when T moved on", History.Instalments, frame.LaterAsOf);
        var expected = Count(histories, later, extent);
        if (await CompareAsync(histories, expected, later, extent) is { Count: > 0 } laterRows) return (later, laterRows);

        await TimeAsync("rebuild", database.RebuildAsync);
        var rebuilt = later with { Name = "after a rebuild" };
        return await CompareAsync(histories, expected, rebuilt, extent) is { Count: > 0 } rebuiltRows ? (rebuilt, rebuiltRows) : null;
    }

    private async Task<IReadOnlyList<Disagreement>> CompareAsync(
        IReadOnlyList<History> histories, IReadOnlyList<KpiRows> expected, Moment moment, Extent extent)
    {
        var disagreements = new ConcurrentQueue<Disagreement>();
        await Parallel.ForEachAsync(expected, async (rows, _) => await TimeAsync(rows.Oracle.View, async () =>
        {
            var actual = await database.RowsAsync(rows.Oracle, extent);
            var known = new HashSet<string>();
            foreach (var (key, row) in rows.All)
            {
                known.Add(key);
                var shown = actual.GetValueOrDefault(key);
                if (!row.Equals(shown)) disagreements.Enqueue(new Disagreement(rows.Oracle.View, key, row, shown, SourceOf(key)));
            }

            foreach (var (key, row) in actual.Where(row => !known.Contains(row.Key)))
                disagreements.Enqueue(new Disagreement(rows.Oracle.View, key, null, row, SourceOf(key)));
        }));

        // Rows that histories share don't say whose they are.
        KpiOracle[] failing = [.. expected.Select(rows => rows.Oracle).Where(oracle => disagreements.Any(row => row.View == oracle.View))];
        if (failing.Length == 0 || extent != Extent.Sampled) return [.. disagreements];
        var own = new Comparison(database, frame, models, failing);
        var bySource = await own.CompareAsync(histories, own.Count(histories, moment, Extent.Sources), moment, Extent.Sources);
        return [.. disagreements.UnionBy(bySource, row => (row.View, row.Key))];
    }

    private KpiRows[] Count(IReadOnlyList<History> histories, Moment moment, Extent extent) => Time("oracle", () =>
    {
        var worlds = histories.Index().AsParallel().AsOrdered()
            .Select(history => new World(
                history.Item.Touches(history.Index, 1, moment.Instalment), frame, moment.AsOf, models, extent.GrainsOf(history.Index)))
            .ToArray();
        var spending = new Spending(frame, moment.AsOf);
        KpiRows[] rows = [.. oracles.Select(oracle => new KpiRows(oracle, extent))];
        Parallel.ForEach(rows, sums =>
        {
            var started = TimeProvider.System.GetTimestamp();
            sums.Oracle.CountShared(spending, sums);
            foreach (var world in worlds) sums.Oracle.Count(world, sums);
            Spent("oracle of " + sums.Oracle.View, started);
        });
        return rows;
    });

    // Other rows are of several histories, or not only of those that are expected.
    private static int? SourceOf(string key)
    {
        var words = key.Split(' ');
        return words[^2] == "source" && words[^1].StartsWith('h') ? int.Parse(words[^1].AsSpan(1), CultureInfo.InvariantCulture) : null;
    }

    private async Task TimeAsync(string name, Func<Task> run)
    {
        var started = TimeProvider.System.GetTimestamp();
        await run();
        Spent(name, started);
    }

    private T Time<T>(string name, Func<T> run)
    {
        var started = TimeProvider.System.GetTimestamp();
        var result = run();
        Spent(name, started);
        return result;
    }

    private void Spent(string name, long started) =>
        _times.AddOrUpdate(name, TimeProvider.System.GetElapsedTime(started), (_, time) => time + TimeProvider.System.GetElapsedTime(started));
}
