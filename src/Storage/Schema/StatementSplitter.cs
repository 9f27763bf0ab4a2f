namespace LifecycleMetrics.Storage.Schema;

/// <summary>Splits a script into statements at each semicolon that is not inside a string, a quoted name or a comment.</summary>
public static class StatementSplitter
{
    /// <summary>The statements in order, trimmed, without the semicolons; statements of only comments are left out.</summary>
    public static IReadOnlyList<string> Split(string script)
    {
        var statements = new List<string>();
        var start = 0;
        var hasCode = false;
        var at = 0;
        while (at < script.Length)
        {
            var next = Skip(script, at);
            if (next > at)
            {
                hasCode |= script[at] is '\'' or '"' or '`';
                at = next;
                continue;
            }

            if (script[at] == ';')
            {
                if (hasCode) statements.Add(script[start..at].Trim());
                start = at + 1;
                hasCode = false;
            }
            else
            {
                hasCode |= !char.IsWhiteSpace(script[at]);
            }

            at++;
        }

        if (hasCode) statements.Add(script[start..].Trim());
        return statements;
    }

    /// <summary>Where the comment or quoted text that begins here ends; <paramref name="at"/> if none begins.</summary>
    private static int Skip(string script, int at)
    {
        if (script[at] == '#' && at + 1 < script.Length && script[at + 1] is ' ' or '!') return EndOfLine(script, at);
        if (Begins(script, at, "--")) return EndOfLine(script, at);
        if (Begins(script, at, "/*")) return EndOfBlockComment(script, at);
        return script[at] is '\'' or '"' or '`' ? EndOfQuoted(script, at) : at;
    }

    private static bool Begins(string script, int at, string token) =>
        string.CompareOrdinal(script, at, token, 0, token.Length) == 0;

    private static int EndOfLine(string script, int at)
    {
        var end = script.IndexOf('\n', at);
        return end < 0 ? script.Length : end + 1;
    }

    // ClickHouse nests block comments.
    private static int EndOfBlockComment(string script, int at)
    {
        var depth = 0;
        while (at < script.Length)
        {
            if (Begins(script, at, "/*")) (depth, at) = (depth + 1, at + 2);
            else if (Begins(script, at, "*/")) (depth, at) = (depth - 1, at + 2);
            else at++;
            if (depth == 0) break;
        }

        return at;
    }

    // A backslash escapes; a doubled quote is read as the end of one and the begin of the next, which comes to the same.
    private static int EndOfQuoted(string script, int at)
    {
        var quote = script[at++];
        while (at < script.Length && script[at] != quote) at += script[at] == '\\' ? 2 : 1;
        return Math.Min(at + 1, script.Length);
    }
}
