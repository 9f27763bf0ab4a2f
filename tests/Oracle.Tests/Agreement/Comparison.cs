using System.Globalization;
using ClickHouse.Data;
using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Oracle.Tests.Histories;
using LifecycleMetrics.Oracle.Tests.Kpis;
using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Agreement;

/// <summary>
/// Plays histories into a database in instalments, brings it up to date after each, and compares all views with the
/// oracles: after the second and the last instalment, when T moves on without events, and after a rebuild.
/// </summary>
internal sealed class Comparison(OracleDatabase database, Frame frame, IReadOnlyList<LifecycleModel> models, IReadOnlyList<KpiOracle> oracles)
{
    private readonly Dictionary<string, TimeSpan> _times = [];

    /// <summary>How long the parts took, for the output of the test.</summary>
    public IEnumerable<string> Times => _times.Select(time => string.Create(CultureInfo.InvariantCulture, $"{time.Key}: {time.Value.TotalSeconds:0.0} s"));

    /// <summary>Plays the histories; returns what disagrees at the first moment at which something does.</summary>
    public async Task<(Moment At, IReadOnlyList<Disagreement> Rows)?> PlayAsync(IReadOnlyList<History> histories, bool isWhole)
    {
        try
        {
            return await PlayAllAsync(histories, isWhole);
        }
        catch (ClickHouseException exception)
        {
            // A run that fails is a fault of what it ran on, and is made smaller like any other.
            var faulty = await database.FaultyAsync();
            var at = new Moment("when a statement failed", History.Instalments, frame.AsOf);
            return (at, [new Disagreement(faulty.FirstOrDefault("refresh"), exception.Message, null, null, null)]);
        }
    }

    private async Task<(Moment At, IReadOnlyList<Disagreement> Rows)?> PlayAllAsync(IReadOnlyList<History> histories, bool isWhole)
    {
        await database.BeginAsync(frame);
        for (var instalment = 1; instalment <= History.Instalments; instalment++)
        {
            await database.AddAsync(histories.SelectMany((history, number) => history.Touches(number, instalment, instalment)));
            await RefreshAsync("refresh", database.RefreshAsync);
            if (instalment == 1) continue;
            var arrived = new Moment($"after instalment {instalment}", instalment, frame.AsOf);
            if (await CompareAsync(histories, arrived, isWhole) is { Count: > 0 } rows) return (arrived, rows);
        }

        await database.SetAsOfAsync(frame, frame.LaterAsOf);
        await RefreshAsync("refresh", database.RefreshAsync);
        var later = new Moment("when T moved on", History.Instalments, frame.LaterAsOf);
        if (await CompareAsync(histories, later, isWhole) is { Count: > 0 } laterRows) return (later, laterRows);

        await RefreshAsync("rebuild", database.RebuildAsync);
        var rebuilt = new Moment("after a rebuild", History.Instalments, frame.LaterAsOf);
        return await CompareAsync(histories, rebuilt, isWhole) is { Count: > 0 } rebuiltRows ? (rebuilt, rebuiltRows) : null;
    }

    private async Task<IReadOnlyList<Disagreement>> CompareAsync(IReadOnlyList<History> histories, Moment moment, bool isWhole)
    {
        var expected = Time("oracle", () => Count(histories, moment, isWhole));
        var disagreements = new List<Disagreement>();
        foreach (var rows in expected)
        {
            var started = TimeProvider.System.GetTimestamp();
            var actual = await database.RowsAsync(rows.Oracle, isWhole);
            Spent(rows.Oracle.View, started);
            var known = new HashSet<string>();
            foreach (var (key, row) in rows.All)
            {
                known.Add(key);
                var shown = actual.GetValueOrDefault(key);
                if (!row.Equals(shown)) disagreements.Add(new Disagreement(rows.Oracle.View, key, row, shown, SourceOf(key)));
            }

            disagreements.AddRange(actual.Where(row => !known.Contains(row.Key))
                .Select(row => new Disagreement(rows.Oracle.View, row.Key, null, row.Value, SourceOf(row.Key))));
        }

        return disagreements;
    }

    private KpiRows[] Count(IReadOnlyList<History> histories, Moment moment, bool isWhole)
    {
        KpiRows[] rows = [.. oracles.Select(oracle => new KpiRows(oracle) { IsWhole = isWhole })];
        foreach (var (number, history) in histories.Index())
        {
            var grains = number % 10 == 0 ? Period.Grains : [.. Period.Grains.Except(KpiRows.Sampled)];
            var world = new World(history.Touches(number, 1, moment.Instalment), frame, moment.AsOf, models, grains);
            foreach (var sums in rows)
            {
                sums.Oracle.Count(world, sums);
            }
        }

        return rows;
    }

    // Other rows are of several histories, or not only of those that are expected.
    private static int? SourceOf(string key)
    {
        var words = key.Split(' ');
        return words[^2] == "source" && words[^1].StartsWith('h') ? int.Parse(words[^1].AsSpan(1), CultureInfo.InvariantCulture) : null;
    }

    private async Task RefreshAsync(string name, Func<Task> run)
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
        _times[name] = _times.GetValueOrDefault(name) + TimeProvider.System.GetElapsedTime(started);
}
