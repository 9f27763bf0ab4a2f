using LifecycleMetrics.Sql.Tests.Examples;

namespace LifecycleMetrics.Sql.Tests.Ledger;

/// <summary>What was published of one version of a lifecycle model is not compared with another, as long as the version is there.</summary>
public sealed class RestatedModelVersionTests(ExampleDatabaseFixture fixture) : IClassFixture<ExampleDatabaseFixture>, IDisposable
{
    private const string First = "2025-01-05 ana Order Completed 30.00 order=o1\n2025-01-06 ben Order Completed 50.00 order=o2";
    private const string Late = "2025-01-20 cleo Order Completed 20.00 order=o3 received=2025-02-05";
    private const string Freeze = "2025-02-01 08:00 2025-01 kpi_stage_entries";

    private static readonly DateTime AsOf = new(2025, 2, 28, 0, 0, 0, DateTimeKind.Utc);

    private readonly string _models = Directory.CreateTempSubdirectory("lm-models-").FullName;

    public void Dispose() => Directory.Delete(_models, recursive: true);

    [Fact]
    public async Task TwoVersions_SideBySide_AreEachComparedWithThemselves()
    {
        var database = await BeginWithBothVersionsAsync();

        Assert.Empty(await ReadAgainAsync(database));

        // Too small an order for version 2.
        await database.AddAsync(ExampleEvent.ParseAll(Late));
        Assert.Equal(["v1 conversion: 2 to 3, late events"], await ReadAgainAsync(database));
    }

    [Fact]
    public async Task NextVersion_BesideThatPublished_RestatesNothing()
    {
        var database = await BeginAsync();
        PutModel(version: 1, revenueOver: 0);
        await database.UseModelsAsync(_models);
        await database.FreezeAsync([Freeze]);

        PutModel(version: 2, revenueOver: 40);
        await database.UseModelsAsync(_models);

        Assert.Empty(await ReadAgainAsync(database));
    }

    [Fact]
    public async Task VersionTakenAway_IsComparedWithTheLatest_AndTheOtherStaysAsItIs()
    {
        var database = await BeginWithBothVersionsAsync();

        File.Delete(ModelFile(version: 1));
        PutModel(version: 3, revenueOver: 60);
        await database.UseModelsAsync(_models);
        Assert.Equal(["v1 conversion: 2 to 0, model change"], await ReadAgainAsync(database));

        // The ledger forgets what it said when the version is there again.
        PutModel(version: 1, revenueOver: 0);
        await database.UseModelsAsync(_models);
        Assert.Empty(await ReadAgainAsync(database));
    }

    [Fact]
    public async Task VersionsTakenAway_AreEachComparedWithTheLatest()
    {
        var database = await BeginWithBothVersionsAsync();

        File.Delete(ModelFile(version: 1));
        File.Delete(ModelFile(version: 2));
        PutModel(version: 3, revenueOver: 60);
        await database.UseModelsAsync(_models);

        Assert.Equal(["v1 conversion: 2 to 0, model change", "v2 conversion: 1 to 0, model change"], await ReadAgainAsync(database));
    }

    private async Task<RefreshedDatabase> BeginWithBothVersionsAsync()
    {
        var database = await BeginAsync();
        PutModel(version: 1, revenueOver: 0);
        PutModel(version: 2, revenueOver: 40);
        await database.UseModelsAsync(_models);
        await database.FreezeAsync([Freeze]);
        return database;
    }

    private async Task<RefreshedDatabase> BeginAsync()
    {
        var database = fixture.Database;
        database.Keep(_models, "kpi_stage_entries");
        await database.BeginAsync(AsOf, "UTC", DayOfWeek.Monday);
        await database.StoreAsync(ExampleEvent.ParseAll(First));
        return database;
    }

    private static async Task<IReadOnlyList<string>> ReadAgainAsync(RefreshedDatabase database)
    {
        await database.ReadFrozenAgainAsync(AsOf);
        return await database.QueryAsync<string>(
            """
            select concat('v', toString(published_model_version), ' ', replaceOne(further_key, 'stage_id=', ''), ': ',
                toString(published_value), ' to ', ifNull(toString(current_value), 'none'), ', ', reasons)
            from dim_restatement
            where dimension = 'all'
            order by all
            """);
    }

    private string ModelFile(int version) => Path.Combine(_models, $"v{version}.yaml");

    private void PutModel(int version, int revenueOver) => File.WriteAllText(
        ModelFile(version),
        $$"""
        id: sterne-cutler
        version: {{version}}
        unit: contact
        lapse_after: 180d
        labels: { en: Shop, es: Tienda, it: Negozio, pt: Loja }
        stages:
          - id: reach
            phase: reach
            labels: { en: Reach, es: Alcance, it: Copertura, pt: Alcance }
            enter_when:
              - event: Page Viewed
          - id: conversion
            phase: convert
            labels: { en: Conversion, es: Conversión, it: Conversione, pt: Conversão }
            enter_when:
              - event: Order Completed
                where: { revenue: { gt: {{revenueOver}} } }
        """);
}
