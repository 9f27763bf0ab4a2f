using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Reporting.Access;

/// <summary>The keys of section <c>Reporting:Keys</c>; a changed configuration takes effect at once.</summary>
internal sealed class ConfiguredReadKeys(IOptionsMonitor<ReadKeyOptions> options) : IReadKeys
{
    public ValueTask<ReadKey?> FindAsync(
        string presented, IPAddress? remoteAddress, CancellationToken cancellationToken)
    {
        var parts = presented.Split('_', 4);
        if (parts.Length != 4 || parts[0] != "lm")
            return ValueTask.FromResult<ReadKey?>(null);
        var entry = options.CurrentValue.Keys.FirstOrDefault(key => key.Id == parts[2] && key.Scope == parts[1]);
        if (entry is null)
            return ValueTask.FromResult<ReadKey?>(null);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(presented), hash);
        return ValueTask.FromResult(
            CryptographicOperations.FixedTimeEquals(hash, Convert.FromHexString(entry.Sha256))
                ? new ReadKey(entry.Id, entry.Scope == "admin" ? ReadScope.Admin : ReadScope.Read)
                : null);
    }
}
