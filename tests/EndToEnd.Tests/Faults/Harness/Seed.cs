using System.Globalization;

namespace LifecycleMetrics.EndToEnd.Tests.Faults.Harness;

/// <summary>The random moments of a test. The seed stands in the test's output; FAULT_SEED repeats it.</summary>
internal static class Seed
{
    public static Random Random()
    {
        var seed = Setting("FAULT_SEED", System.Random.Shared.Next());
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"Seed {seed.ToString(CultureInfo.InvariantCulture)}; the environment variable FAULT_SEED={seed.ToString(CultureInfo.InvariantCulture)} repeats it");
        return new Random(seed);
    }

    /// <summary>Rounds of a test: its default times FAULT_ROUNDS.</summary>
    public static int Rounds(int rounds) => rounds * Setting("FAULT_ROUNDS", 1);

    /// <summary>A number from the environment.</summary>
    public static int Setting(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
