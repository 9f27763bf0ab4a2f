namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>Reads the write key in a value of the header <c>Authorization</c>.</summary>
internal static class AuthorizationHeader
{
    private const int MaxBasicCharacters = 2_048;

    /// <summary>The key that <c>Bearer</c> or either field of <c>Basic</c> holds; null if there is none that may send.</summary>
    /// <param name="value">The header's value.</param>
    /// <param name="keys">The keys there are.</param>
    /// <param name="isOffered">Set if the header holds the text of a key, right or wrong.</param>
    public static WriteKey? FindKey(ReadOnlySpan<char> value, ConfiguredWriteKeys keys, ref bool isOffered)
    {
        value = value.Trim();
        var space = value.IndexOf(' ');
        if (space < 0)
            return null;
        var scheme = value[..space];
        var parameter = value[space..].TrimStart();
        if (scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
            return FindBasic(parameter, keys, ref isOffered);
        if (!scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            return null;
        isOffered = true;
        return keys.Find(parameter);
    }

    private static WriteKey? FindBasic(ReadOnlySpan<char> parameter, ConfiguredWriteKeys keys, ref bool isOffered)
    {
        if (parameter.Length > MaxBasicCharacters)
        {
            isOffered = true;
            return null;
        }

        Span<byte> fields = stackalloc byte[MaxBasicCharacters];
        if (!Convert.TryFromBase64Chars(parameter, fields, out var length))
            return null;
        fields = fields[..length];
        var colon = fields.IndexOf((byte)':');
        var user = colon < 0 ? fields : fields[..colon];
        var password = colon < 0 ? default : fields[(colon + 1)..];
        isOffered |= !user.IsEmpty || !password.IsEmpty;
        return keys.Find((ReadOnlySpan<byte>)user) ?? keys.Find((ReadOnlySpan<byte>)password);
    }
}
