using LifecycleMetrics.Reporting.Email.Templates.Lexing;

namespace LifecycleMetrics.Reporting.Email.Templates.Parsing;

/// <summary>Walks through tokens; the last one, the end of file, stays current.</summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens)
{
    private int _position;

    public Token Current => tokens[_position];

    public Token Next => tokens[Math.Min(_position + 1, tokens.Count - 1)];

    public Token Take()
    {
        var token = Current;
        if (_position < tokens.Count - 1) _position++;
        return token;
    }

    public bool TryTake(string operatorText)
    {
        if (!Current.Is(operatorText)) return false;
        Take();
        return true;
    }

    public bool TryTakeWord(string word)
    {
        if (!Current.IsWord(word)) return false;
        Take();
        return true;
    }

    public Token Expect(string operatorText) => Current.Is(operatorText)
        ? Take()
        : throw Error($"Expected `{operatorText}` instead of {Current.Shown}.");

    public Token ExpectName(string what) => Current.Kind == TokenKind.Identifier
        ? Take()
        : throw Error($"Expected {what} instead of {Current.Shown}.");

    public void SkipNewLines()
    {
        while (Current.Kind == TokenKind.NewLine) Take();
    }

    public TemplateException Error(string problem) => new(Current.At, problem);
}
