using System.Text.Json.Nodes;
using LifecycleMetrics.EndToEnd.Tests.Support;

namespace LifecycleMetrics.EndToEnd.Tests;

/// <summary>Verbs that run to their end: exit codes, and answers that say what to do.</summary>
public sealed class VerbTests
{
    [Fact]
    public async Task Migrate_Twice_IsDoneBothTimes_AndTheDoctorIsContent()
    {
        using var data = new DataDirectory();

        var first = await ServerProcess.RunAsync(data.Path, "migrate");
        var second = await ServerProcess.RunAsync(data.Path, "migrate");
        var doctor = await ServerProcess.RunAsync(data.Path, "doctor", "--urls", "http://127.0.0.1:0");

        Assert.True(first.ExitCode == 0, first.Output);
        Assert.True(second.ExitCode == 0, second.Output);
        Assert.True(doctor.ExitCode == 0, doctor.Output);
        Assert.Contains("Everything is in order.", doctor.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("serve --role nonsense")]
    [InlineData("import nothing.csv --format orders --source x")]
    [InlineData("import nothing.csv --format nonsense --source x")]
    [InlineData("keys create --scope nonsense --id x")]
    [InlineData("models check /no/such/directory")]
    [InlineData("models dry-run nothing.yaml")]
    public async Task WrongUsage_IsExitCode2(string arguments)
    {
        using var data = new DataDirectory();

        var run = await ServerProcess.RunAsync(data.Path, arguments.Split(' '));

        Assert.True(run.ExitCode == 2, $"{run.ExitCode}: {run.Output}");
    }

    [Fact]
    public async Task Settings_WithFaultsInSeveralSections_AreAllNamedAtOnce_WithExitCode2()
    {
        using var data = await DataDirectory.PreparedAsync();
        await using var demo = ServerProcess.Start(new ServerLaunch(data.Path, "demo", "--customers", "0")
        {
            Environment = new Dictionary<string, string?>
            {
                ["LIFECYCLE_Ingest__MaxEventBytes"] = "32K",
                ["LIFECYCLE_Ingest__Spool__RetryAfter"] = "soon",
                ["LIFECYCLE_Ingest__MaxEventDepth"] = "1",
                ["LIFECYCLE_Reports__WeekStart"] = "Tuesday",
            },
        });

        Assert.True(await demo.WaitForExitAsync() == 2, demo.Output);
        Assert.DoesNotContain("   at ", demo.Output, StringComparison.Ordinal);
        Assert.Contains("'32K' at 'Ingest:MaxEventBytes'", demo.Output, StringComparison.Ordinal);
        Assert.Contains("'soon' at 'Ingest:Spool:RetryAfter'", demo.Output, StringComparison.Ordinal);
        Assert.Contains("Ingest:MaxEventDepth must be 2 to 500.", demo.Output, StringComparison.Ordinal);
        Assert.Contains("Reports:WeekStart 'Tuesday'", demo.Output, StringComparison.Ordinal);
        Assert.Contains("Demo:Customers is 0", demo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_WithAStateThatIsTorn_SaysWhatToDelete()
    {
        using var data = await DataDirectory.PreparedAsync();
        await File.WriteAllTextAsync(Path.Combine(data.Path, "demo.json"), """{"Seed":1,"Cust""", TestContext.Current.CancellationToken);

        var run = await ServerProcess.RunAsync(data.Path, "demo", "--urls", "http://127.0.0.1:0");

        Assert.True(run.ExitCode == 1, run.Output);
        Assert.Contains("demo.json can't be read; delete it", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_Check_ListsEveryFaultOfEveryFile()
    {
        using var data = new DataDirectory();
        var models = Directory.CreateDirectory(Path.Combine(data.Path, "models")).FullName;
        await File.WriteAllTextAsync(Path.Combine(models, "a.yaml"), "id: a\nversion: one\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(models, "b.yaml"), "stages: [", TestContext.Current.CancellationToken);

        var shipped = await ServerProcess.RunAsync(data.Path, "models", "check");
        var faulty = await ServerProcess.RunAsync(data.Path, "models", "check", models);
        var file = await ServerProcess.RunAsync(data.Path, "models", "dry-run", Path.Combine(models, "a.yaml"));

        Assert.True(shipped.ExitCode == 0, shipped.Output);
        Assert.Contains("12 models", shipped.Output, StringComparison.Ordinal);
        Assert.Equal(1, faulty.ExitCode);
        Assert.Contains("a.yaml:2: version 'one' is not a whole number in range. Give", faulty.Output, StringComparison.Ordinal);
        Assert.Contains("a.yaml:1: lapse_after is missing.", faulty.Output, StringComparison.Ordinal);
        Assert.Contains("b.yaml:2: This is not YAML", faulty.Output, StringComparison.Ordinal);
        Assert.Equal(1, file.ExitCode);
        Assert.Contains("a.yaml:2: version 'one'", file.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_DryRun_BesideAServer_SaysWhoWouldStandWhere()
    {
        using var data = await DataDirectory.PreparedAsync();
        await using var server = await ServerProcess.StartAsync(data.Path, "demo", "--customers", "200");

        var run = await ServerProcess.RunAsync(
            data.Path, "models", "dry-run", Path.Combine(AppContext.BaseDirectory, "lifecycles", "sterne-cutler.yaml"));

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Contains("sterne-cutler version 1, ", run.Output, StringComparison.Ordinal);
        Assert.Contains("stage_conversion", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_DirectoryInUse_SaysByWhom()
    {
        using var data = await DataDirectory.PreparedAsync();
        await using var first = await ServerProcess.StartAsync(data.Path, "serve");

        var second = await ServerProcess.RunAsync(data.Path, "serve", "--urls", "http://127.0.0.1:0");

        Assert.Equal(2, second.ExitCode);
        Assert.Contains(first.Url, second.Output, StringComparison.Ordinal);
        Assert.Contains("--data", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_AfterAKill_Starts_ThoughAnotherProcessHasTheNumber()
    {
        using var data = await DataDirectory.PreparedAsync();
        await using (var first = await ServerProcess.StartAsync(data.Path, "serve")) await first.KillAsync();
        var file = Path.Combine(data.Path, "run.json");
        var left = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!;
        left["ProcessId"] = Environment.ProcessId;
        await File.WriteAllTextAsync(file, left.ToJsonString(), TestContext.Current.CancellationToken);

        var doctor = await ServerProcess.RunAsync(data.Path, "doctor", "--urls", "http://127.0.0.1:0");
        await using var second = await ServerProcess.StartAsync(data.Path, "serve");

        Assert.Contains("http://127.0.0.1:0 is free", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_BesideAServer_WritesTheValuesThatReadersSee()
    {
        using var data = await DataDirectory.PreparedAsync();
        await using var server = await ServerProcess.StartAsync(data.Path, "demo", "--customers", "200");
        using var client = new Client(server.Url);
        var today = DateTime.UtcNow;
        var month = new DateOnly(today.Year, today.Month, 1).AddMonths(-1);
        var file = Path.Combine(data.Path, "month.csv");

        var export = await ServerProcess.RunAsync(data.Path, "export", $"{month:yyyy-MM}", "--view", "kpi_revenue", "--dimension", "all", "--out", file);
        var open = await ServerProcess.RunAsync(data.Path, "export", $"{today:yyyy-MM}", "--out", file);
        var unknown = await ServerProcess.RunAsync(data.Path, "export", $"{month:yyyy-MM}", "--view", "kpi_nonsense", "--out", file);
        var empty = await ServerProcess.RunAsync(data.Path, "export", $"{month:yyyy-MM}", "--view", "kpi_revenue", "--dimension", "nonsense", "--out", file);
        var shown = await client.RowsAsync($"Revenues?$filter=Grain eq 'month' and PeriodStart eq {month:yyyy-MM-dd} and Dimension eq 'all'");

        Assert.True(export.ExitCode == 0, export.Output);
        Assert.NotEmpty(shown);
        var lines = (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Skip(1).Select(line => line.Split(',')).ToList();
        Assert.Equal(
            shown.Select(row => $"{row.GetProperty("Metric").GetString()} {row.GetProperty("Numerator").GetInt64()}").Order(StringComparer.Ordinal),
            lines.Select(cells => $"{cells[1]} {cells[^3]}").Order(StringComparer.Ordinal));
        Assert.Equal(2, open.ExitCode);
        Assert.Contains("is not over", open.Output, StringComparison.Ordinal);
        Assert.Equal(2, empty.ExitCode);
        Assert.Contains("no file was written", empty.Output, StringComparison.Ordinal);
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("kpi_revenue", unknown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_PreviewedAndSent_BesideAServer()
    {
        using var data = await DataDirectory.PreparedAsync();
        await using var server = await ServerProcess.StartAsync(data.Path, "demo", "--customers", "200");

        var preview = await ServerProcess.RunAsync(data.Path, "report", "preview", "executive-weekly", "--out", Path.Combine(data.Path, "weekly.html"));
        var list = await ServerProcess.RunAsync(data.Path, "report", "list");
        var unknown = await ServerProcess.RunAsync(data.Path, "report", "preview", "nonsense");

        Assert.True(preview.ExitCode == 0, preview.Output);
        Assert.Contains("<html", await File.ReadAllTextAsync(Path.Combine(data.Path, "weekly.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("executive-weekly", list.Output, StringComparison.Ordinal);
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("executive-weekly", unknown.Output, StringComparison.Ordinal);
    }
}
