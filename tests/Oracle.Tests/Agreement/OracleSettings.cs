using System.Globalization;

namespace LifecycleMetrics.Oracle.Tests.Agreement;

/// <summary>What environment variables say of the oracle tests.</summary>
internal static class OracleSettings
{
    /// <summary>The number a variable holds, or the standard one.</summary>
    public static int Number(string variable, int standard) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var value) ? value : standard;
}
