namespace LifecycleMetrics.Reporting.Email.Templates.Lexing;

/// <summary>Splits code into tokens, up to the <c>}}</c> of a block or the <c>}</c> of an interpolation.</summary>
internal sealed class CodeLexer(Source source, int offset, bool embedded)
{
    // Longest first: the first that fits is taken.
    private static readonly string[] Operators =
    [
        "..<", "//=", "...", "??", "?!", "?.", "..", "==", "!=", "<=", ">=", "&&", "||", "|>", "//", "+=", "-=", "*=",
        "/=", "%=", "++", "--", "+", "-", "*", "/", "%", "<", ">", "=", "!", "|", "?", ":", ".", ",", "(", ")", "[",
        "]", "{", "}", "@", "^", ";", "&",
    ];

    private int _offset = offset;
    private int _braces;

    /// <summary>The <c>-</c> or <c>~</c> before the end of the block, or NUL.</summary>
    public char EndMarker { get; private set; }

    /// <summary>Adds the tokens and returns the offset behind the end of the block.</summary>
    public int ReadTo(List<Token> tokens, int open)
    {
        while (true)
        {
            var spaced = SkipBlanks();
            if (_offset >= source.Text.Length)
            {
                throw source.Error(open, embedded ? "This `{` of an interpolated string has no `}`." : "This code block has no `}}`.");
            }

            if (TryReadEnd(tokens)) return _offset;
            tokens.Add(ReadToken(spaced));
        }
    }

    private bool TryReadEnd(List<Token> tokens)
    {
        if (_braces > 0) return false;
        if (embedded)
        {
            if (source[_offset] != '}') return false;
            tokens.Add(new Token(TokenKind.EndOfFile, "", source.At(_offset)));
            _offset++;
            return true;
        }

        var marked = source[_offset] is '-' or '~';
        var brace = marked ? _offset + 1 : _offset;
        if (source[brace] != '}' || source[brace + 1] != '}') return false;
        EndMarker = marked ? source[_offset] : '\0';
        tokens.Add(new Token(TokenKind.CodeEnd, "}}", source.At(_offset)));
        _offset = brace + 2;
        return true;
    }

    private Token ReadToken(bool spaced)
    {
        var start = _offset;
        var at = source.At(start);
        var c = source[start];
        if (c == '\n')
        {
            _offset++;
            return new Token(TokenKind.NewLine, "\n", at);
        }

        if (IsNameStart(c)) return new Token(TokenKind.Identifier, ReadName(), at, null, spaced);
        if (char.IsAsciiDigit(c)) return new Token(TokenKind.Number, "", at, NumberLexer.Read(source, ref _offset), spaced) with { Text = source.Text[start.._offset] };
        if (c is '"' or '\'') return new Token(TokenKind.String, StringLexer.ReadQuoted(source, ref _offset), at, null, spaced);
        if (c == '`') return new Token(TokenKind.String, StringLexer.ReadVerbatim(source, ref _offset), at, null, spaced);
        if (c == '$') return ReadDollar(at, spaced);
        foreach (var text in Operators)
        {
            if (string.CompareOrdinal(source.Text, start, text, 0, text.Length) != 0) continue;
            _offset += text.Length;
            _braces += text switch { "{" => 1, "}" => -1, _ => 0 };
            return new Token(TokenKind.Operator, text, at, null, spaced);
        }

        throw source.Error(start, $"The character `{c}` has no meaning in code.");
    }

    private Token ReadDollar(SourceLocation at, bool spaced)
    {
        _offset++;
        if (source[_offset] is '"' or '\'')
        {
            return new Token(TokenKind.Interpolation, "$\"", at, StringLexer.ReadInterpolated(source, ref _offset), spaced);
        }

        if (source[_offset] == '$') throw source.Error(_offset - 1, "`$$` (wrap) isn't in the subset of the language.");
        return new Token(TokenKind.Local, ReadName(), at, null, spaced);
    }

    private string ReadName()
    {
        var start = _offset;
        while (IsNameStart(source[_offset]) || char.IsAsciiDigit(source[_offset])) _offset++;
        return source.Text[start.._offset];
    }

    /// <summary>Skips blanks and comments; line ends stay, because they end statements.</summary>
    private bool SkipBlanks()
    {
        var start = _offset;
        while (true)
        {
            if (source[_offset] is ' ' or '\t' or '\r') _offset++;
            else if (source[_offset] == '#') SkipComment();
            else return _offset > start;
        }
    }

    private void SkipComment()
    {
        var isBlock = source[_offset + 1] == '#';
        _offset += isBlock ? 2 : 1;
        while (_offset < source.Text.Length && !(source[_offset] == '}' && source[_offset + 1] == '}'))
        {
            // A marker that belongs to the end of the block isn't part of the comment.
            if (source[_offset] is '-' or '~' && source[_offset + 1] == '}' && source[_offset + 2] == '}') return;
            if (!isBlock && source[_offset] == '\n') return;
            if (isBlock && source[_offset] == '#' && source[_offset + 1] == '#')
            {
                _offset += 2;
                return;
            }

            _offset++;
        }
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_';
}
