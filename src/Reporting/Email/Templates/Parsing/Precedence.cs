namespace LifecycleMetrics.Reporting.Email.Templates.Parsing;

/// <summary>How strongly operators bind; those of one level from left to right.</summary>
internal static class Precedence
{
    public const int Or = 30;

    /// <summary>The operand of a sign or a negation.</summary>
    public const int Unary = 200;

    /// <returns>0 for what isn't a binary operator.</returns>
    public static int Of(string operatorText) => operatorText switch
    {
        "??" or "?!" => 20,
        "||" => Or,
        "&&" => 40,
        "==" or "!=" => 70,
        "<" or "<=" or ">" or ">=" => 80,
        "+" or "-" => 100,
        "*" or "/" or "//" or "%" => 110,
        ".." or "..<" => 130,
        _ => 0,
    };
}
