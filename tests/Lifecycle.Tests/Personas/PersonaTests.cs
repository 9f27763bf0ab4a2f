using LifecycleMetrics.Lifecycle.Tests.Cells;
using LifecycleMetrics.Lifecycle.Tests.Reference;
using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Lifecycle.Visits;
using LifecycleMetrics.Storage;
using LifecycleMetrics.Testing;

namespace LifecycleMetrics.Lifecycle.Tests.Personas;

/// <summary>Personas by rule and declaration: who is which one when, and under which KPIs show them.</summary>
public sealed class PersonaTests(EngineFixture engine)
{
    private static readonly LifecycleOptions WithPersonas = new() { ModelsDirectory = "persona-models" };

    [Fact]
    public async Task Memberships_OfRandomHistories_EqualTheReference()
    {
        var asOf = Some.Day(500);
        await using var database = await LifecycleDatabase.CreateAsync(engine, asOf, WithPersonas, hasCells: true);
        var histories = Enumerable.Range(1, 300).Select(seed => WithAssignments(new RandomHistory(seed).Touches())).ToArray();
        foreach (var part in histories.SelectMany(touches => touches).Chunk(2_000))
        {
            await database.AddAsync(part);
            await database.RefreshAsync();
        }

        var actual = (await MembershipsAsync(database)).ToLookup(membership => membership.Subject);
        var expected = histories.SelectMany(touches => new ReferencePersonas(touches, asOf).Memberships()).ToLookup(membership => membership.Subject);
        foreach (var subject in expected)
        {
            Assert.Equal(subject, actual[subject.Key]);
        }

        Assert.Equal(expected.Count, actual.Count);
        Assert.Equal(7, actual.SelectMany(subject => subject).Select(membership => membership.Persona).Distinct().Count());
        await CellAudit.AssertRightAsync(database);
    }

    [Fact]
    public async Task Persona_ThatEndsAsTimePasses_TakesTheNumbersToTheNextOne()
    {
        await using var database = await LifecycleDatabase.CreateAsync(engine, Some.Day(10), WithPersonas, hasCells: true);
        await database.AddAsync(Some.Page(1), Some.Event("Product Viewed", 2), Some.Order("o1", 3));
        await database.RefreshAsync();
        Assert.Equal(["shopper 5000"], await RevenueAsync(database));

        await database.SetReportsAsync(new ReportSettings { AsOf = new DateTimeOffset(Some.Day(32)) });
        var run = await database.RefreshAsync();

        Assert.Equal(RefreshKind.Refresh, run.Kind);
        Assert.Equal(["visitor 5000"], await RevenueAsync(database));
        await CellAudit.AssertRightAsync(database);

        await database.SetReportsAsync(new ReportSettings { AsOf = new DateTimeOffset(Some.Day(20)) });
        await database.RefreshAsync();
        Assert.Equal(["shopper 5000"], await RevenueAsync(database));
        await CellAudit.AssertRightAsync(database);
    }

    [Fact]
    public async Task PersonasOfTheFile_WhenTheyChange_AreWorkedOutAnew()
    {
        await using var database = await LifecycleDatabase.CreateAsync(engine, Some.Day(10), hasCells: true);
        await database.AddAsync(Some.Page(1));
        await database.RefreshAsync();
        Assert.Empty(await MembershipsAsync(database));

        using var withPersonas = database.CreateRefresher(WithPersonas);
        var run = await withPersonas.BringUpToDateAsync(TestContext.Current.CancellationToken);

        Assert.True(run.IsRebuild);
        Assert.Equal([new Membership("u:ann", "visitor", "rule", Some.Day(1), null)], await MembershipsAsync(database));
        Assert.Equal(
            ["regular 1 Regular 0", "shopper 2 Shopper 0", "student 4 Student 0", "visitor 3 Visitor 1"],
            await database.ReadAsync(
                "select concat(persona, ' ', toString(assumeNotNull(rank)), ' ', label_en, ' ', toString(subject_count)) from dim_persona order by 1",
                row => (string)row[0]));

        using var without = database.CreateRefresher(new LifecycleOptions { ModelsDirectory = LifecycleDatabase.FewModels });
        Assert.True((await without.BringUpToDateAsync(TestContext.Current.CancellationToken)).IsRebuild);
        Assert.Empty(await MembershipsAsync(database));
        Assert.Empty(await database.ReadAsync("select persona from dim_persona", row => (string)row[0]));
    }

    // Mails become assignments: with and without an end, and of nobody.
    private static IReadOnlyList<Touch> WithAssignments(IReadOnlyList<Touch> touches) =>
    [
        .. touches.Select(touch => touch.Event switch
        {
            "Email Sent" => Assigned(touch, "student", touch.At.AddDays(30)),
            "Email Opened" => Assigned(touch, touch.Campaign.Length > 0 ? "vip" : "", null),
            _ => touch,
        }),
    ];

    private static Touch Assigned(Touch touch, string persona, DateTime? until)
    {
        var properties = new Dictionary<string, object> { ["persona"] = persona };
        if (until is not null) properties["valid_until"] = $"{until:yyyy-MM-ddTHH:mm:ss.fff}Z";
        return touch with { Event = "Persona Assigned", Type = "track", Properties = properties };
    }

    private static Task<IReadOnlyList<Membership>> MembershipsAsync(LifecycleDatabase database) => database.ReadAsync(
        "select subject_id, persona, origin, valid_from, valid_until from int_persona_membership order by subject_id, valid_from",
        row => new Membership((string)row[0], (string)row[1], (string)row[2], (DateTime)row[3], row[4] as DateTime?));

    private static Task<IReadOnlyList<string>> RevenueAsync(LifecycleDatabase database) => database.ReadAsync(
        """
        select concat(dimension_value, ' ', toString(numerator))
        from kpi_revenue
        where metric = 'gross_revenue' and dimension = 'persona' and grain = 'month' and numerator != 0
        order by 1
        """,
        row => (string)row[0]);
}
