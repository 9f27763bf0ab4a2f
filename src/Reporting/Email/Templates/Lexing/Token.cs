namespace LifecycleMetrics.Reporting.Email.Templates.Lexing;

/// <param name="Text">The source text; for strings and text the content.</param>
/// <param name="Value">The number, or the parts of an interpolated string.</param>
/// <param name="SpaceBefore">Whether white space stands before it: tells <c>f [1]</c> from <c>f[1]</c>.</param>
internal sealed record Token(TokenKind Kind, string Text, SourceLocation At, object? Value = null, bool SpaceBefore = false)
{
    public bool Is(string operatorText) => Kind == TokenKind.Operator && Text == operatorText;

    public bool IsWord(string word) => Kind == TokenKind.Identifier && Text == word;

    /// <summary>How an error message names it.</summary>
    public string Shown => Kind switch
    {
        TokenKind.EndOfFile => "the end of the template",
        TokenKind.NewLine => "the end of the line",
        TokenKind.CodeEnd => "`}}`",
        TokenKind.Text => "text",
        TokenKind.String => $"the string \"{Text}\"",
        TokenKind.Local => $"`${Text}`",
        _ => $"`{Text}`",
    };
}
