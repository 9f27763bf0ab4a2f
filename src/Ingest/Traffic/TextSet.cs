using System.IO.Hashing;
using System.Text;

namespace LifecycleMetrics.Ingest.Traffic;

/// <summary>A set of texts that can be asked with UTF-8. The empty text is never in it.</summary>
internal sealed class TextSet
{
    private readonly Dictionary<ulong, byte[][]> _byHash;

    public TextSet(IEnumerable<string> texts) =>
        _byHash = texts.Where(text => text.Length > 0)
            .Select(Encoding.UTF8.GetBytes)
            .GroupBy(text => XxHash3.HashToUInt64(text))
            .ToDictionary(group => group.Key, group => group.ToArray());

    public bool IsEmpty => _byHash.Count == 0;

    public bool Contains(ReadOnlySpan<byte> text)
    {
        if (IsEmpty || text.IsEmpty || !_byHash.TryGetValue(XxHash3.HashToUInt64(text), out var candidates))
            return false;
        foreach (var candidate in candidates)
        {
            if (text.SequenceEqual(candidate))
                return true;
        }

        return false;
    }
}
