namespace LifecycleMetrics.Reporting.Email.Templates.Lexing;

/// <summary>What <c>-</c> and <c>~</c> beside a code block take away from the text next to it.</summary>
internal static class WhitespaceControl
{
    /// <summary>Text before a block: <c>-</c> takes all white space, <c>~</c> only blanks of the same line.</summary>
    public static ReadOnlySpan<char> TrimBefore(ReadOnlySpan<char> text, char marker) => marker switch
    {
        '-' => text.TrimEnd(),
        '~' => text.TrimEnd(" \t\r"),
        _ => text,
    };

    /// <summary>Text after a block: <c>-</c> takes all white space, <c>~</c> blanks up to and with the first line end.</summary>
    public static ReadOnlySpan<char> TrimAfter(ReadOnlySpan<char> text, char marker)
    {
        if (marker == '-') return text.TrimStart();
        if (marker != '~') return text;
        text = text.TrimStart(" \t\r");
        return text is ['\n', ..] ? text[1..] : text;
    }
}
