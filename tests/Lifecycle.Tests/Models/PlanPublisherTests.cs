using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Testing;

namespace LifecycleMetrics.Lifecycle.Tests.Models;

/// <summary>Targets and activities of the files, as KPIs read them.</summary>
public sealed class PlanPublisherTests(EngineFixture engine)
{
    private const string Activities =
        """
        activities:
          - { id: welcome, label: Welcome mail, model: sterne-cutler, stage: acquisition, channel: email, campaign: welcome, cadence_days: 7, owner: marketing }
          - { id: ads, label: Advertisements, model: sterne-cutler, stage: reach, channel: display, cadence_days: 30, owner: sales }
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_ThatChange_ArePublishedAndTakenBack()
    {
        var directory = Directory.CreateTempSubdirectory("lm-plan-").FullName;
        var shipped = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "lifecycles", "sterne-cutler.yaml"), Stop);
        await using var database = await LifecycleDatabase.CreateAsync(engine);

        await StartAsync(shipped, Activities);
        Assert.Contains("sterne-cutler 1 reach stage_entries month 1500 marketing", await TargetsAsync());
        Assert.Equal(
            ["ads 1 reach reach display/ 30 sales", "welcome 1 acquisition consider email/welcome 7 marketing"],
            await ActivitiesAsync());

        await StartAsync(
            shipped.Replace("target: 1500,", "target: 20.5, per: week,", StringComparison.Ordinal)
                .Replace("{ metric: stage_stock, target: 2000, owner: customer success }", "{ metric: nps }", StringComparison.Ordinal),
            Activities[..Activities.IndexOf("  - { id: ads", StringComparison.Ordinal)]);
        var targets = await TargetsAsync();
        Assert.Contains("sterne-cutler 1 reach stage_entries week 20.5 marketing", targets);
        Assert.Contains("sterne-cutler 1 loyalty nps month null ", targets);
        Assert.DoesNotContain(targets, target => target.Contains("stage_stock", StringComparison.Ordinal));
        Assert.Single(await ActivitiesAsync());

        async Task StartAsync(string model, string activities)
        {
            await File.WriteAllTextAsync(Path.Combine(directory, "sterne-cutler.yaml"), model, Stop);
            await File.WriteAllTextAsync(Path.Combine(directory, "activities.yaml"), activities, Stop);
            using var refresher = database.CreateRefresher(new LifecycleOptions { ModelsDirectory = directory });
            await refresher.BringUpToDateAsync(Stop);
        }

        Task<IReadOnlyList<string>> TargetsAsync() => database.ReadAsync(
            """
            select concat(model_id, ' ', toString(model_version), ' ', stage_id, ' ', metric, ' ', grain, ' ',
                ifNull(toString(target), 'null'), ' ', owner)
            from int_target
            """,
            row => (string)row[0]);

        Task<IReadOnlyList<string>> ActivitiesAsync() => database.ReadAsync(
            """
            select concat(activity_id, ' ', toString(model_version), ' ', stage_id, ' ', phase, ' ', channel, '/', campaign, ' ',
                toString(cadence_days), ' ', owner)
            from int_activity order by activity_id
            """,
            row => (string)row[0]);
    }
}
