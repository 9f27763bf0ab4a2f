namespace LifecycleMetrics.Reporting.Email.Templates.Parsing;

/// <summary>The words that open, close or divide statements.</summary>
internal static class Keywords
{
    private static readonly HashSet<string> Reserved =
    [
        "if", "else", "end", "case", "when", "for", "while", "break", "continue", "capture", "with", "func", "ret",
        "true", "false", "null",
    ];

    private static readonly HashSet<string> Outside = ["tablerow", "wrap", "readonly", "import", "do", "this", "empty"];

    public static bool IsReserved(string word) => Reserved.Contains(word);

    /// <summary>Words of the full language that the subset leaves out.</summary>
    public static bool IsOutsideSubset(string word) => Outside.Contains(word);

    public static bool EndsBlock(string word) => word is "end" or "else" or "when";
}
