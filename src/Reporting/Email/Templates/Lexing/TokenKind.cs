namespace LifecycleMetrics.Reporting.Email.Templates.Lexing;

internal enum TokenKind
{
    /// <summary>Text outside code, to be put out as it is.</summary>
    Text,

    /// <summary>The end of a line inside code.</summary>
    NewLine,

    /// <summary>The <c>}}</c> that ends a code block.</summary>
    CodeEnd,

    Identifier,

    /// <summary>A name after <c>$</c>; empty for <c>$</c> alone.</summary>
    Local,

    Number,
    String,

    /// <summary>A <c>$"…"</c> string; its value is a list of <see cref="InterpolationPart"/>.</summary>
    Interpolation,

    Operator,
    EndOfFile,
}
