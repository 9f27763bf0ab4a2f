using System.Security.Cryptography;
using System.Text;

namespace LifecycleMetrics.EndToEnd.Tests.Support;

/// <summary>The keys that every server of these tests is configured with, by environment variables as an operator would.</summary>
internal static class TestKeys
{
    public const string Write = "lm_write_e2e_0123456789abcdef";
    public const string Read = "lm_read_e2e_fedcba9876543210";

    /// <summary>Source name of events that come with the write key.</summary>
    public const string Source = "e2e";

    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        ["LIFECYCLE_Ingest__Keys__0__Id"] = "e2e",
        ["LIFECYCLE_Ingest__Keys__0__Source"] = Source,
        ["LIFECYCLE_Ingest__Keys__0__Sha256"] = Hash(Write),
        ["LIFECYCLE_Reporting__Keys__0__Id"] = "e2e",
        ["LIFECYCLE_Reporting__Keys__0__Scope"] = "read",
        ["LIFECYCLE_Reporting__Keys__0__Sha256"] = Hash(Read),
    };

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
