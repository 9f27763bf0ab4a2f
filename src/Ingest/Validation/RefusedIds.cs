using System.Text;

namespace LifecycleMetrics.Ingest.Validation;

/// <summary>Ids that are a programming mistake of the sender and would merge unrelated people into one.</summary>
internal static class RefusedIds
{
    private static readonly string[] Refused =
    [
        "null", "(null)", "undefined", "nil", "none", "nan", "0", "true", "false", "[object object]",
        "00000000-0000-0000-0000-000000000000",
    ];

    /// <summary>True if the id, blanks around it and letter case ignored, can't be a person's.</summary>
    public static bool Contains(ReadOnlySpan<byte> id)
    {
        id = id.Trim(" \t\r\n"u8);
        if (id.IsEmpty)
            return true;
        // The ideographic space, no-break space and the like; an id that begins with a letter is not made of them.
        if ((id[0] <= ' ' || id[0] >= 0x80) && id.Length <= 64 && string.IsNullOrWhiteSpace(Encoding.UTF8.GetString(id)))
            return true;
        foreach (var refused in Refused)
        {
            if (id.Length == refused.Length && Ascii.EqualsIgnoreCase(id, refused))
                return true;
        }

        return false;
    }
}
