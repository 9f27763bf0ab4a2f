using System.Security.Cryptography;
using System.Text;

namespace LifecycleMetrics.Server.Configuration;

/// <summary>What a configuration holds of a key: SHA-256 of its whole text, in lower-case hexadecimal.</summary>
internal static class KeyHash
{
    public static string Of(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
