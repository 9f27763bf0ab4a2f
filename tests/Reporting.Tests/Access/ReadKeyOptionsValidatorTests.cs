using LifecycleMetrics.Reporting.Access;

namespace LifecycleMetrics.Reporting.Tests.Access;

public sealed class ReadKeyOptionsValidatorTests
{
    [Fact]
    public void Rejects_AllFaultsAtOnce()
    {
        var options = new ReadKeyOptions();
        options.Keys.Add(new ReadKeyEntry { Id = "a", Scope = "write", Sha256 = new string('0', 64) });
        options.Keys.Add(new ReadKeyEntry { Id = "a", Sha256 = "secret" });
        options.Keys.Add(new ReadKeyEntry { Id = "b_c", Sha256 = new string('0', 64) });

        var failures = new ReadKeyOptionsValidator().Validate(null, options).Failures!.ToList();

        Assert.Equal(
            ["Reporting:Keys:0:Scope", "Reporting:Keys:1:Id", "Reporting:Keys:1:Sha256", "Reporting:Keys:2:Id"],
            failures.Select(failure => failure.Split(' ')[0]));
        Assert.DoesNotContain("secret ", string.Join(' ', failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Accepts_TwoKeysForRotation()
    {
        var options = new ReadKeyOptions();
        options.Keys.Add(new ReadKeyEntry { Id = "a", Sha256 = new string('0', 64) });
        options.Keys.Add(new ReadKeyEntry { Id = "b", Scope = "admin", Sha256 = new string('f', 64) });

        Assert.True(new ReadKeyOptionsValidator().Validate(null, options).Succeeded);
    }
}
