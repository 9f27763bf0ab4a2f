namespace LifecycleMetrics.Reporting.Email.Templates.Lexing;

/// <summary>Splits a template into text, <c>{{ code }}</c> and <c>{%{ escaped }%}</c> blocks, and code into tokens.</summary>
internal sealed class Lexer
{
    private readonly Source _source;
    private readonly List<Token> _tokens = [];
    private char _markerBefore;

    private Lexer(Source source) => _source = source;

    public static IReadOnlyList<Token> Read(Source source)
    {
        var lexer = new Lexer(source);
        lexer.ReadAll();
        return lexer._tokens;
    }

    private void ReadAll()
    {
        var start = 0;
        for (var i = 0; i < _source.Text.Length;)
        {
            if (_source[i] != '{')
            {
                i++;
            }
            else if (_source[i + 1] == '{')
            {
                start = i = ReadCode(start, i);
            }
            else if (EscapeDepth(i) is var depth and > 0)
            {
                start = i = ReadEscape(start, i, depth);
            }
            else
            {
                i++;
            }
        }

        AddText(start, _source.Text.Length, '\0');
        _tokens.Add(new Token(TokenKind.EndOfFile, "", _source.At(_source.Text.Length)));
    }

    private int ReadCode(int textStart, int open)
    {
        var marker = MarkerAt(open + 2);
        AddText(textStart, open, marker);
        var code = new CodeLexer(_source, open + (marker == '\0' ? 2 : 3), embedded: false);
        var end = code.ReadTo(_tokens, open);
        _markerBefore = code.EndMarker;
        return end;
    }

    private int ReadEscape(int textStart, int open, int depth)
    {
        var contentStart = open + depth + 2;
        var marker = MarkerAt(contentStart);
        AddText(textStart, open, marker);
        if (marker != '\0') contentStart++;
        var ending = "}" + new string('%', depth) + "}";
        var end = _source.Text.IndexOf(ending, contentStart, StringComparison.Ordinal);
        if (end < 0) throw _source.Error(open, $"This escape block has no `{ending}`.");
        _markerBefore = end > contentStart ? MarkerAt(end - 1) : '\0';
        var contentEnd = _markerBefore == '\0' ? end : end - 1;
        _tokens.Add(new Token(TokenKind.Text, _source.Text[contentStart..contentEnd], _source.At(contentStart)));
        return end + ending.Length;
    }

    /// <summary>The number of percent signs of an escape block that opens here, or 0.</summary>
    private int EscapeDepth(int open)
    {
        var depth = 0;
        while (_source[open + 1 + depth] == '%') depth++;
        return depth > 0 && _source[open + 1 + depth] == '{' ? depth : 0;
    }

    private char MarkerAt(int offset) => _source[offset] is '-' or '~' ? _source[offset] : '\0';

    private void AddText(int start, int end, char markerAfter)
    {
        var text = WhitespaceControl.TrimAfter(_source.Text.AsSpan(start, end - start), _markerBefore);
        text = WhitespaceControl.TrimBefore(text, markerAfter);
        if (text.Length > 0) _tokens.Add(new Token(TokenKind.Text, text.ToString(), _source.At(start)));
        _markerBefore = '\0';
    }
}
