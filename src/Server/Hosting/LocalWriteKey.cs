using System.Security.Cryptography;

namespace LifecycleMetrics.Server.Hosting;

/// <summary>A write key made anew at every start, for the other verbs on this machine; it stands in the run file.</summary>
internal sealed class LocalWriteKey
{
    public const string Id = "local";

    public string Text { get; } = $"lm_write_{Id}_{RandomNumberGenerator.GetHexString(40, lowercase: true)}";
}
