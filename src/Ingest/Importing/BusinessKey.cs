using System.Security.Cryptography;
using System.Text;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>Message ids that depend on what an event is about, not on the file it comes from: a second import adds nothing.</summary>
internal static class BusinessKey
{
    public static string MessageId(string source, string kind, string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{kind}\n{key}"));
        return "import-" + Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }
}
