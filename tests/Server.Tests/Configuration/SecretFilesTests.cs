using LifecycleMetrics.Server.Configuration;
using LifecycleMetrics.Server.Verbs;

namespace LifecycleMetrics.Server.Tests.Configuration;

public sealed class SecretFilesTests
{
    [Fact]
    public void Read_FileVariable_BecomesTheSettingWithoutItsLastLineBreak()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "s3cret\n");

            var settings = SecretFiles.Read(
                new Dictionary<string, string> { ["LIFECYCLE_Email__Smtp__Password_FILE"] = path, ["OTHER_FILE"] = "/nowhere" }, "LIFECYCLE_");

            Assert.Equal("s3cret", Assert.Single(settings).Value);
            Assert.Equal("Email:Smtp:Password", Assert.Single(settings).Key);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Read_FileMissing_NamesVariableAndFile()
    {
        var e = Assert.Throws<UsageException>(
            () => SecretFiles.Read(new Dictionary<string, string> { ["LIFECYCLE_A_FILE"] = "/nowhere/a" }, "LIFECYCLE_"));

        Assert.Contains("LIFECYCLE_A_FILE", e.Message, StringComparison.Ordinal);
        Assert.Contains("/nowhere/a", e.Message, StringComparison.Ordinal);
    }
}
