namespace LifecycleMetrics.Ingest.Columns;

/// <summary>Reads texts that follow each other, each as its length (variable) and its bytes.</summary>
internal static class VarText
{
    /// <summary>Takes the next text off <paramref name="from"/>.</summary>
    public static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> from)
    {
        var length = (int)TakeNumber(ref from);
        var text = from[..length];
        from = from[length..];
        return text;
    }

    /// <summary>Takes a number of variable length off <paramref name="from"/>.</summary>
    public static uint TakeNumber(ref ReadOnlySpan<byte> from)
    {
        var number = 0u;
        for (var shift = 0; ; shift += 7)
        {
            var part = from[0];
            from = from[1..];
            number |= (uint)(part & 0x7F) << shift;
            if (part < 0x80)
                return number;
        }
    }

    /// <summary>Bytes that the first <paramref name="count"/> texts take.</summary>
    public static int Length(ReadOnlySpan<byte> texts, int count)
    {
        var rest = texts;
        for (var i = 0; i < count; i++)
            Take(ref rest);
        return texts.Length - rest.Length;
    }
}
