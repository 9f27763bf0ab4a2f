using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Testing;

namespace LifecycleMetrics.Lifecycle.Tests.Reference;

/// <summary>The database against the reference, on random histories that arrive in several instalments.</summary>
public sealed class ReferenceAgreementTests(EngineFixture engine)
{
    private const int Histories = 300;
    private static readonly DateTime AsOf = Some.Day(500);

    [Fact]
    public async Task Database_AfterEachInstalment_EqualsTheReference()
    {
        await using var database = await LifecycleDatabase.CreateAsync(engine, AsOf, new LifecycleOptions());
        var histories = Enumerable.Range(1, Histories).Select(seed => new RandomHistory(seed).Touches()).ToArray();

        for (var part = 1; part <= 3; part++)
        {
            await database.AddAsync(histories.SelectMany(touches => Part(touches, part - 1, part)));
            await database.RefreshAsync();
            await AssertAgreementAsync(database, [.. histories.Select(touches => Part(touches, 0, part))]);
        }
    }

    [Fact]
    public async Task Rebuild_InSmallBatches_GivesWhatTheRefreshGave()
    {
        await using var database = await LifecycleDatabase.CreateAsync(engine, AsOf, hasCells: true);
        var touches = Enumerable.Range(1001, 60).SelectMany(seed => new RandomHistory(seed).Touches()).ToArray();
        foreach (var part in touches.Chunk(touches.Length / 4))
        {
            await database.AddAsync(part);
            await database.RefreshAsync();
        }

        var (visits, orders, days, subjects) = await ReadAsync(database);
        using var inBatches = database.CreateRefresher(new LifecycleOptions { BatchSubjects = 7, ModelsDirectory = LifecycleDatabase.FewModels });
        var result = await inBatches.RebuildAsync(TestContext.Current.CancellationToken);

        Assert.True(result.IsRebuild);
        Assert.NotEmpty(visits);
        var after = await ReadAsync(database);
        Assert.Equal(visits, after.Visits);
        Assert.Equal(orders, after.Orders);
        Assert.Equal(days, after.Days);
        Assert.Equal(subjects, after.Subjects);
    }

    private static IReadOnlyList<Touch> Part(IReadOnlyList<Touch> touches, int from, int to) =>
        [.. touches.Skip(touches.Count * from / 3).Take((touches.Count * to / 3) - (touches.Count * from / 3))];

    private static async Task<(IReadOnlyList<Visit> Visits, IReadOnlyList<Order> Orders, IReadOnlyList<string> Days, IReadOnlyList<string> Subjects)>
        ReadAsync(LifecycleDatabase database) =>
        (await database.VisitsAsync(), await database.OrdersAsync(), await database.DaysAsync(), await database.SubjectsAsync());

    private static async Task AssertAgreementAsync(LifecycleDatabase database, IReadOnlyList<IReadOnlyList<Touch>> histories)
    {
        var reading = await ModelDirectory.ReadAsync(
            Path.Combine(AppContext.BaseDirectory, "lifecycles"), TestContext.Current.CancellationToken);
        var references = histories.Select(touches => new ReferenceLifecycle(touches, AsOf)).ToArray();
        foreach (var model in reading.ModelsOrThrow())
        {
            var visits = (await database.VisitsAsync(model.Id)).ToLookup(visit => visit.Subject);
            for (var i = 0; i < references.Length; i++)
            {
                AssertLives(references[i].Visits(model).ToLookup(visit => visit.Subject), visits, histories[i]);
            }

            Assert.Equal(references.SelectMany(reference => reference.Visits(model)).Count(), visits.Sum(life => life.Count()));
        }

        Assert.Equal(
            references.SelectMany(reference => reference.OrderRows()).OrderBy(order => order.OrderId, StringComparer.Ordinal),
            await database.OrdersAsync());
        Assert.Equal(
            references.SelectMany(reference => reference.Days()).Order(StringComparer.Ordinal), await database.DaysAsync());
        Assert.Equal(
            references.SelectMany(reference => reference.SubjectRows()).Where(row => row.Length > 0).Order(StringComparer.Ordinal),
            await database.SubjectsAsync());
    }

    private static void AssertLives(ILookup<string, Visit> expected, ILookup<string, Visit> actual, IReadOnlyList<Touch> history)
    {
        foreach (var life in expected)
        {
            var isSame = life.Order(ByTime).SequenceEqual(actual[life.Key].Order(ByTime));
            Assert.True(isSame, $"""
                {life.Key} lives otherwise than it should.
                Expected:
                  {string.Join("\n  ", life)}
                Actual:
                  {string.Join("\n  ", actual[life.Key])}
                History:
                  {string.Join("\n  ", history.OrderBy(touch => touch.At))}
                """);
        }
    }

    private static readonly IComparer<Visit> ByTime = Comparer<Visit>.Create((a, b) =>
        (a.EnteredAt, a.Lap, a.Stage == Phase.Lapsed, a.ExitedAt ?? DateTime.MaxValue, a.Stage, a.VisitNo)
            .CompareTo((b.EnteredAt, b.Lap, b.Stage == Phase.Lapsed, b.ExitedAt ?? DateTime.MaxValue, b.Stage, b.VisitNo)));
}
