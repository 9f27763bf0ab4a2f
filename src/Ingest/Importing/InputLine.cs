using System.Runtime.InteropServices;
using System.Text;

namespace LifecycleMetrics.Ingest.Importing;

/// <summary>A line of a file that is imported.</summary>
/// <param name="File">Name of the file as given.</param>
/// <param name="Number">Line from 1.</param>
/// <param name="Utf8">The line; cut off if it was too long.</param>
/// <param name="IsTooLong">True if the line exceeds the limit.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct InputLine(string File, long Number, ReadOnlyMemory<byte> Utf8, bool IsTooLong = false)
{
    public string Text => Encoding.UTF8.GetString(Utf8.Span);

    public bool IsBlank => Utf8.Span.IndexOfAnyExcept(" \t\r\v\f"u8) < 0;
}
