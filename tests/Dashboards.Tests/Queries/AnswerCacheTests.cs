using LifecycleMetrics.Dashboards.Tests.Support;
using LifecycleMetrics.Reporting.Dashboards.Queries;
using Microsoft.Extensions.DependencyInjection;

namespace LifecycleMetrics.Dashboards.Tests.Queries;

[Collection(SharedViewer.Name)]
public sealed class AnswerCacheTests(ViewerHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private AnswerCache Answers => host.Services.GetRequiredService<AnswerCache>();

    [Fact]
    public async Task Run_TheSameAgain_GivesTheAnswerThatIsKept()
    {
        var query = new ExpandedQuery("select toString(now64(9)) as at", []);
        Assert.Equal((await Answers.RunAsync(query, Stop)).Rows[0][0], (await Answers.RunAsync(query, Stop)).Rows[0][0]);
    }

    [Fact]
    public async Task Run_WhereNothingWasYet_AsksAgain()
    {
        var comesAt = DateTimeOffset.UtcNow.AddSeconds(1).ToUnixTimeMilliseconds();
        var query = new ExpandedQuery($"select 1 as found where now64(3) > fromUnixTimestamp64Milli({comesAt})", []);
        Assert.Empty((await Answers.RunAsync(query, Stop)).Rows);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while ((await Answers.RunAsync(query, patience.Token)).Rows.Count == 0)
            await Task.Delay(50, patience.Token);
    }
}
