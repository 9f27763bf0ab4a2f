namespace LifecycleMetrics.Ingest.Importing;

/// <summary>How far an import has come: everything up to here is settled, nothing behind it is.</summary>
/// <param name="Line">Last line whose events, if it made any by itself, are settled.</param>
/// <param name="Orders">Orders put together of lines that are settled.</param>
/// <param name="IsRead">True if the text ended there: orders are being handed over, so that no line can be added any more.</param>
/// <param name="PrefixLine">Line up to which <paramref name="PrefixSha256"/> goes.</param>
/// <param name="PrefixSha256">SHA-256 of the text read.</param>
internal sealed record ImportPosition(long Line, long Orders, bool IsRead, long PrefixLine, string PrefixSha256)
{
    public static ImportPosition Beginning { get; } = new(0, 0, false, 0, "");
}
