using System.Text.Json;
using LifecycleMetrics.Reporting.OData.Schema;
using LifecycleMetrics.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace LifecycleMetrics.Reporting.Tests.OData;

/// <summary>The product's own views through the service.</summary>
public sealed class PublishedViewsTests(EngineFixture engine) : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private ODataHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await engine.CreateDatabaseAsync(migrated: true);
        _host = await ODataHost.StartAsync(_database);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task EveryPublishedView_IsASetThatCanBeReadAndSorted()
    {
        var model = await _host.Services.GetRequiredService<ODataModelSource>().GetAsync(Cancellation);
        var views = await _host.Services.GetRequiredService<PublishedViewReader>().ReadAsync(Cancellation);

        Assert.Equal(
            views.Select(view => view.Name).Order(StringComparer.Ordinal),
            model.Sets.Values.Select(set => set.Relation).Order(StringComparer.Ordinal));
        foreach (var set in model.Sets.Values)
        {
            var text = await _host.Client.GetStringAsync($"odata/{set.Name}?$top=3&$count=true&$orderby={set.Properties[^1].Name} desc", Cancellation);
            using var document = JsonDocument.Parse(text);
            Assert.True(document.RootElement.TryGetProperty("@odata.count", out _), set.Name);
        }
    }

    [Fact]
    public async Task Touchpoints_HaveTheContractsProperties()
    {
        var model = await _host.Services.GetRequiredService<ODataModelSource>().GetAsync(Cancellation);

        Assert.Equal(["EventId"], model.Sets["Touchpoints"].Key.Select(property => property.Name));
        Assert.Subset(
            model.Sets["Touchpoints"].Properties.Select(property => property.Name).ToHashSet(StringComparer.Ordinal),
            new HashSet<string>(["EventId", "OccurredAt", "ReceivedAt", "SubjectId", "Type", "Event", "Source", "Channel", "Campaign"], StringComparer.Ordinal));
        Assert.Contains("Customers", model.Sets.Keys);
    }

    [Fact]
    public async Task Metadata_EveryPropertyAndSet_IsDescribed()
    {
        var views = await _host.Services.GetRequiredService<PublishedViewReader>().ReadAsync(Cancellation);

        Assert.All(views, view => Assert.NotEmpty(view.Purpose));
        Assert.All(views, view => Assert.All(view.Columns, column => Assert.NotEmpty(column.Description)));
    }
}
