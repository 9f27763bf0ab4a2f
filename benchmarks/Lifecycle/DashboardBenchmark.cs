using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using LifecycleMetrics.Benchmarks.Support;
using static System.FormattableString;

namespace LifecycleMetrics.Benchmarks.Lifecycle;

/// <summary>The panels of the executive overview, asked all at once of the server as the viewer asks.</summary>
internal sealed class DashboardBenchmark(ShopData data)
{
    private const string Uid = "executive-overview";
    private const int Queries = 10;
    private const int Rounds = 10;

    public async Task RunAsync()
    {
        var settings = new Dictionary<string, string>(ShopData.Settings, StringComparer.Ordinal) { ["Dashboards:OpenOnLoopback"] = "true" };
        await using var server = await ServerUnderTest.StartAsync(data.Directory, settings, role: "all", isKept: true);
        await server.ClickHouse.MergesAsync();
        using var http = new HttpClient { BaseAddress = new Uri(server.Url, $"/dashboards/api/dashboards/{Uid}/") };
        var targets = Targets();
        var table = new MarkdownTable("panels of the executive overview at once", "first, ms", "p50, ms", "p95, ms");
        await ReportAsync(table, Invariant($"ten queries"), [.. targets.Take(Queries)], http, 0);
        await ReportAsync(table, Invariant($"all {targets.Count} queries"), targets, http, Rounds);
        table.Print("Dashboard");
    }

    private static async Task ReportAsync(
        MarkdownTable table, string name, IReadOnlyList<(int Panel, string RefId)> targets, HttpClient http, int firstRound)
    {
        var times = new List<double>();
        // Each round shows one day more: answers to what was asked a short time ago are kept.
        for (var round = firstRound; round <= firstRound + Rounds; round++)
            times.Add(await RoundAsync(http, targets, round));
        table.Add(
            name,
            Invariant($"{times[0]:F0}"),
            Invariant($"{times.Skip(1).Median():F0}"),
            Invariant($"{times.Skip(1).Quantile(0.95):F0}"));
    }

    private static async Task<double> RoundAsync(HttpClient http, IReadOnlyList<(int Panel, string RefId)> targets, int round)
    {
        var to = DateTimeOffset.UtcNow;
        var from = new DateTimeOffset(to.Year, to.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(-6).AddDays(-round);
        var window = new { from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds() };
        using var variables = await AskAsync(http, "variables", window);
        var selected = variables.RootElement.EnumerateArray().ToDictionary(
            variable => variable.GetProperty("name").GetString()!, variable => variable.GetProperty("selected"));
        selected.Remove("datasource");
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(targets.Select(async target =>
        {
            using var answer = await AskAsync(
                http, "query", new { panelId = target.Panel, refId = target.RefId, window.from, window.to, variables = selected });
        }));
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task<JsonDocument> AskAsync(HttpClient http, string what, object question)
    {
        using var response = await http.PostAsJsonAsync(what, question);
        var answer = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonDocument.Parse(answer) : throw new InvalidOperationException(answer);
    }

    private static List<(int Panel, string RefId)> Targets()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "dashboards", $"{Uid}.json")));
        return
        [
            .. file.RootElement.GetProperty("panels").EnumerateArray()
                .Where(panel => panel.TryGetProperty("targets", out _))
                .SelectMany(panel => panel.GetProperty("targets").EnumerateArray()
                    .Select(target => (panel.GetProperty("id").GetInt32(), target.GetProperty("refId").GetString()!))),
        ];
    }
}
