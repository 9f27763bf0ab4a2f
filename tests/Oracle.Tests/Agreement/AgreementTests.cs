using System.Globalization;
using System.Text;
using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Oracle.Tests.Histories;
using LifecycleMetrics.Oracle.Tests.Kpis;

namespace LifecycleMetrics.Oracle.Tests.Agreement;

/// <summary>
/// Every view against its oracle, on thousands of generated histories. Those of a frame share a database; one that
/// disagrees is played alone and made smaller before it is shown. <c>ORACLE_HISTORIES</c> sets how many there are
/// in all, <c>ORACLE_SEED</c> which ones, <c>ORACLE_VIEWS</c> leaves out all views but those it names, and
/// <c>ORACLE_SHRINK_SECONDS</c> is the time to make a failing history smaller. Refreshes take as long for few histories as
/// for some hundred, so a long run is best given many at once.
/// </summary>
public sealed class AgreementTests(OracleFixture fixture) : IClassFixture<OracleFixture>
{
    private const int Shown = 3;

    private static readonly int Histories = OracleSettings.Number("ORACLE_HISTORIES", 2_000);
    private static readonly int Seed = OracleSettings.Number("ORACLE_SEED", 20_240_229);

    private static readonly string? Narrowed = Environment.GetEnvironmentVariable("ORACLE_VIEWS");
    private static readonly IReadOnlyList<KpiOracle> Oracles =
        [.. KpiOracle.All.Where(oracle => Narrowed is null || Narrowed.Split(',').Contains(oracle.View))];

    public static TheoryData<string> Frames => [.. Frame.All.Select(frame => frame.Name)];

    [Theory]
    [MemberData(nameof(Frames))]
    public async Task Views_OfEveryHistory_AgreeWithTheOracle(string name)
    {
        var frame = Frame.Of(name);
        var models = await ReadModelsAsync();
        var histories = HistoryGenerator.Sample(frame, Histories / Frame.All.Count, (ulong)Seed + (ulong)name.Length);
        var database = fixture.Database;
        var comparison = new Comparison(database, frame, models, Oracles);

        var found = await comparison.PlayAsync(histories, Extent.Sampled);

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{histories.Count} histories, {histories.Sum(history => history.Arrivals.Count)} events; {string.Join(", ", comparison.Times)}");
        if (found is { } disagreement) Assert.Fail(await ExplainAsync(comparison, frame, histories, disagreement));
        foreach (var invariant in Invariant.All.Where(_ => Narrowed is null))
        {
            var broken = await database.BrokenAsync(invariant);
            Assert.True(broken.Count == 0, $"{invariant.Name}. Not so in\n{string.Join('\n', broken)}");
        }
    }

    [Fact]
    public async Task Views_OfTheSameEventsInAnotherOrder_ShowTheSameRows()
    {
        var frame = Frame.All[0];
        var histories = HistoryGenerator.Sample(frame, Histories / 20, (ulong)Seed);
        var rows = new List<IReadOnlyDictionary<string, KpiRow>>();
        var database = fixture.Database;
        KpiOracle[] ofEvents = [.. Oracles.Where(oracle => !oracle.IsOfReceipts)];
        foreach (var order in new Func<History, History>[] { history => history, history => history.AllAtOnce() })
        {
            await database.BeginAsync(frame);
            for (var instalment = 1; instalment <= History.Instalments; instalment++)
            {
                await database.AddAsync(histories.Select(order).SelectMany((history, number) => history.Touches(number, instalment, instalment)));
                await database.RefreshAsync();
            }

            foreach (var oracle in ofEvents) rows.Add(await database.RowsAsync(oracle, Extent.Sampled));
        }

        for (var i = 0; i < ofEvents.Length; i++)
        {
            Assert.NotEmpty(rows[i]);
            Assert.Equal(rows[i].OrderBy(row => row.Key, StringComparer.Ordinal), rows[i + ofEvents.Length].OrderBy(row => row.Key, StringComparer.Ordinal));
        }
    }

    private static async Task<string> ExplainAsync(
        Comparison comparison, Frame frame, IReadOnlyList<History> histories, (Moment At, IReadOnlyList<Disagreement> Rows) found)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{found.Rows.Count} rows disagree {found.At.Name}, of views ")
            .AppendJoin(", ", found.Rows.CountBy(row => row.View).Select(view => $"{view.Key} ({view.Value})")).AppendLine(".");
        var failing = found.Rows.Where(row => row.History is not null).GroupBy(row => row.View)
            .Select(view => view.Select(row => histories[row.History!.Value]).MinBy(history => history.Arrivals.Count)!).ToList();

        // Rows that several histories share don't say whose they are.
        if (failing.Count == 0) failing.Add(await Smallest.PartAsync(histories, part => comparison.PlayAsync(part, Extent.Sampled)));
        foreach (var history in failing.Distinct().Take(Shown))
            text.AppendLine().Append(await Smallest.ExplainAsync(comparison, frame, history));
        text.AppendLine().AppendLine("Some of the rows:").AppendJoin('\n', found.Rows.Take(Shown * Shown));
        return text.ToString();
    }

    private static async Task<IReadOnlyList<LifecycleModel>> ReadModelsAsync()
    {
        var reading = await ModelDirectory.ReadAsync(
            Path.Combine(AppContext.BaseDirectory, OracleDatabase.ModelsDirectory), TestContext.Current.CancellationToken);
        var standard = new LifecycleMetrics.Lifecycle.LifecycleOptions().DefaultModel;
        return [.. reading.ModelsOrThrow().OrderBy(model => model.Id != standard)];
    }
}
