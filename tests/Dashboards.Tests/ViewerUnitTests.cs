using System.Diagnostics;
using System.Reflection;

namespace LifecycleMetrics.Dashboards.Tests;

/// <summary>The front end's own tests (vitest), so that one command runs everything.</summary>
public sealed class ViewerUnitTests
{
    [Fact]
    public async Task Vitest_Passes()
    {
        var viewer = typeof(ViewerUnitTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "ViewerDirectory").Value!;
        // The build installs the packages; one without npm (-p:BuildViewer=false) has none.
        var isInstalled = Directory.Exists(Path.Combine(viewer, "node_modules"));
        Assert.True(isInstalled || Environment.GetEnvironmentVariable("CI") != "true", "The viewer's packages are missing.");
        Assert.SkipUnless(isInstalled, "The viewer was built without npm.");
        var start = new ProcessStartInfo("npm", ["test"])
        {
            WorkingDirectory = viewer,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var vitest = Process.Start(start)!;
        var output = vitest.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = vitest.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await vitest.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(vitest.ExitCode == 0, await output + await error);
        Assert.Contains("passed", await output, StringComparison.Ordinal);
    }
}
