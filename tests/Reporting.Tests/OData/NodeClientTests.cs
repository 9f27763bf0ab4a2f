using System.Diagnostics;
using System.Text.Json;
using LifecycleMetrics.Testing;

namespace LifecycleMetrics.Reporting.Tests.OData;

/// <summary>
/// OData clients from npm, which nobody here wrote, against the service: <c>@odata/client</c> reads, the OASIS
/// committee's <c>odata-csdl</c> parses the metadata.
/// </summary>
public sealed class NodeClientTests(EngineFixture engine)
{
    private static readonly string Folder = Path.Combine(SourceFolder(), "clients");

    [Fact]
    public async Task Clients_FromNpm_ReadTheService()
    {
        await InstallAsync();
        await using var database = await SomeData.CreateAsync(engine);
        await using var host = await ODataHost.StartAsync(database);

        var (code, output) = await RunAsync("node", ["client.mjs", $"{host.BaseAddress}odata/", ODataHost.Key]);

        Assert.True(code == 0, output);
        using var document = JsonDocument.Parse(output);
        var seen = document.RootElement;
        Assert.Empty(seen.GetProperty("messages").EnumerateArray());
        Assert.Equal("""["Customers","StageConversions"]""", seen.GetProperty("sets").GetRawText());
        Assert.Equal("""["ModelId","PeriodStart"]""", seen.GetProperty("key").GetRawText());
        Assert.Equal("""[{"SubjectId":"c092","Country":"IT"},{"SubjectId":"c096","Country":"IT"}]""", seen.GetProperty("filtered").GetRawText());
        Assert.Equal("""["c098","c097","c096"]""", seen.GetProperty("page").GetRawText());
        Assert.Equal(25, seen.GetProperty("counted").GetInt32());
        Assert.Equal(0.875m, seen.GetProperty("single").GetDecimal());
        Assert.Equal(3, seen.GetProperty("composite").GetInt32());
        Assert.Contains("Did you mean 'Country'?", seen.GetProperty("missing").GetString(), StringComparison.Ordinal);
    }

    private static async Task InstallAsync()
    {
        try
        {
            await RunAsync("node", ["--version"]);
        }
        catch (System.ComponentModel.Win32Exception) when (Environment.GetEnvironmentVariable("CI") is not "true")
        {
            Assert.Skip("Node.js is not installed; it runs the OData clients of this test.");
        }

        // npm leaves this file when an installation is complete.
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
            return;
        var (code, output) = await RunAsync("npm", ["ci", "--no-audit", "--no-fund"]);
        Assert.True(code == 0, output);
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, process.ExitCode == 0 ? output : output + await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
