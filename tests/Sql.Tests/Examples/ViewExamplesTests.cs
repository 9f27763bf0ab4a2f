using ClickHouse.Data;

namespace LifecycleMetrics.Sql.Tests.Examples;

/// <summary>
/// Runs the worked examples: events go in where the ingest puts them, rows come out as readers get them. Two classes take a
/// half each, on a database of its own, as tests of one class run after each other.
/// </summary>
public abstract class ViewExamplesTests(ExampleDatabaseFixture fixture) : IClassFixture<ExampleDatabaseFixture>
{
    private protected static TheoryData<string, string> FirstHalf => [.. Selected.Take(Selected.Length / 2)];

    private protected static TheoryData<string, string> SecondHalf => [.. Selected.Skip(Selected.Length / 2)];

    // EXAMPLES=kpi_revenue runs those of one view, for whoever works on it.
    private static (string View, string Name)[] Selected { get; } =
    [
        .. from file in ExampleFile.All
           where Environment.GetEnvironmentVariable("EXAMPLES") is not { } only || only.Split(',').Contains(file.View)
           from example in file.Cases
           select (file.View, example.Name),
    ];

    private protected async Task ShowsExpectedRowsAsync(string view, string name)
    {
        var file = ExampleFile.All.Single(file => file.View == view);
        var example = file.Cases.Single(example => example.Name == name);
        var database = fixture.Database;

        var frozen = ExampleEvent.Lines(example.Freezes).ToArray();
        database.Keep(file.Models, [view, .. frozen.SelectMany(line => line.Split(' ')).Where(word => word.StartsWith("kpi_", StringComparison.Ordinal)).Distinct()]);
        await database.BeginAsync(example.AsOf.ToUniversalTime(), example.TimeZone, example.WeekStart, example.MarginShare);
        await database.AddAsync(ExampleCost.ParseAll(example.Costs));
        await database.AddAsync(ExampleRate.ParseAll(example.Rates));
        await database.AddAsync(ExampleOutcome.ParseAll(example.Outcomes));
        await database.AddAsync(ExampleEvent.ParseAll(example.Given));
        await database.FreezeAsync(frozen);
        await database.AddAsync(ExampleCost.ParseAll(example.LaterCosts));
        await database.AddAsync(ExampleRate.ParseAll(example.LaterRates));
        await database.AddAsync(ExampleOutcome.ParseAll(example.LaterOutcomes));
        await database.AddAsync(ExampleEvent.ParseAll(example.Later));
        await database.FinishAsync();
        if (frozen.Length > 0) await database.ReadFrozenAgainAsync(example.AsOf);

        var expected = ExampleTable.Parse(example.Expect);
        var actual = await ReadAsync(database, file, example, expected.Columns);
        Assert.True(
            expected.Matches(actual),
            $"{view}: {name}\n{example.Reason}\n\nexpected\n{expected}\nactual\n{actual}");
    }

    private static async Task<ExampleTable> ReadAsync(
        RefreshedDatabase database, ExampleFile file, ExampleCase example, IReadOnlyList<string> columns)
    {
        var where = file.Where.Where(pair => !example.Where.ContainsKey(pair.Key)).Concat(example.Where).ToArray();
        var known = (await database.QueryAsync<string>(
            "select name from system.columns where database = currentDatabase() and table = {view:String}",
            new { view = file.View },
            asWriter: true)).ToHashSet();
        var unknown = columns.Concat(where.Select(pair => pair.Key)).Where(column => !known.Contains(column)).ToArray();
        Assert.True(unknown.Length == 0, $"{file.View} has no column {string.Join(", ", unknown)}.");

        // Columns are known by now, values go as parameters.
        var parameters = new ClickHouseParameters();
        var conditions = where.Select((pair, i) =>
        {
            parameters.Add($"p{i}", pair.Value);
            return $"toString({pair.Key}) = {{p{i}:String}}";
        });
        var cells = string.Join(", ", columns.Select(column => $"ifNull(toString({column}), 'null')"));
        var rows = await database.QueryAsync<string[]>(
            $"""
            select [{cells}] as cells
            from {file.View}
            where {string.Join(" and ", conditions.DefaultIfEmpty("true"))}
            order by {string.Join(", ", columns)}
            """,
            parameters);
        return new ExampleTable(columns, [.. rows.Select(row => row.Select(Short).ToArray())]);
    }

    /// <summary>An instant without the seconds it does not have.</summary>
    private static string Short(string cell) => cell switch
    {
        { Length: 23 } when cell.EndsWith(":00.000", StringComparison.Ordinal) => cell[..16],
        _ => cell,
    };
}
