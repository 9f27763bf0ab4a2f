namespace LifecycleMetrics.Reporting.Email.Templates.Lexing;

/// <summary>A template's text, with the line and column of each offset.</summary>
internal sealed class Source
{
    private readonly List<int> _lineStarts = [0];

    public Source(string text, string file)
    {
        Text = text;
        File = file;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n') _lineStarts.Add(i + 1);
        }
    }

    public string Text { get; }

    public string File { get; }

    /// <summary>The character at an offset, or NUL past the end.</summary>
    public char this[int offset] => offset < Text.Length ? Text[offset] : '\0';

    public SourceLocation At(int offset)
    {
        var found = _lineStarts.BinarySearch(offset);
        var line = found >= 0 ? found : ~found - 1;
        return new SourceLocation(File, line + 1, offset - _lineStarts[line] + 1);
    }

    public TemplateException Error(int offset, string problem) => new(At(offset), problem);
}
