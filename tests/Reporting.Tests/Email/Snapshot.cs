using System.Runtime.CompilerServices;

namespace LifecycleMetrics.Reporting.Tests.Email;

/// <summary>Compares with a file beside the test. With UPDATE_SNAPSHOTS=1 it is written instead.</summary>
internal static class Snapshot
{
    public static void Matches(string actual, string name, [CallerFilePath] string testFile = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(testFile)!, name);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1") File.WriteAllText(path, actual);
        Assert.Equal(File.ReadAllText(path), actual, ignoreLineEndingDifferences: true);
    }
}
