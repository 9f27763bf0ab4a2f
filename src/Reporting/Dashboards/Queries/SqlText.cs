namespace LifecycleMetrics.Reporting.Dashboards.Queries;

/// <summary>The little of SQL's grammar that replacing macros needs: quotes, comments, words and argument lists.</summary>
internal static class SqlText
{
    /// <summary>Length of the string, quoted name or comment that begins at <paramref name="start"/>; 0 if none does.</summary>
    public static int LengthOfQuotedOrComment(string sql, int start) => sql[start] switch
    {
        '\'' or '"' or '`' => EndOfQuoted(sql, start) - start,
        '-' when Follows(sql, start, "--") => EndAfter(sql, start, "\n") - start,
        '/' when Follows(sql, start, "/*") => EndAfter(sql, start, "*/") - start,
        _ => 0,
    };

    /// <summary>Letters, digits and underscores from <paramref name="start"/>.</summary>
    public static string WordAt(string sql, int start)
    {
        var end = start;
        while (end < sql.Length && (char.IsAsciiLetterOrDigit(sql[end]) || sql[end] == '_'))
            end++;
        return sql[start..end];
    }

    /// <summary>The arguments of the list whose <c>(</c> is at <paramref name="open"/>, and the position after its <c>)</c>.</summary>
    public static (IReadOnlyList<string> Arguments, int End) ArgumentsAt(string sql, int open)
    {
        List<string> arguments = [];
        var depth = 0;
        var from = open + 1;
        var at = open;
        while (at < sql.Length)
        {
            var quoted = LengthOfQuotedOrComment(sql, at);
            if (quoted > 0)
            {
                at += quoted;
                continue;
            }

            switch (sql[at])
            {
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ')' or ']' or '}':
                    depth--;
                    break;
                case ',' when depth == 1:
                    arguments.Add(sql[from..at].Trim());
                    from = at + 1;
                    break;
            }

            at++;
            if (depth > 0)
                continue;
            var last = sql[from..(at - 1)].Trim();
            if (last.Length > 0 || arguments.Count > 0)
                arguments.Add(last);
            return (arguments, at);
        }

        throw new DashboardQueryException("A macro's argument list is not closed: ) is missing.");
    }

    private static int EndOfQuoted(string sql, int start)
    {
        for (var at = start + 1; at < sql.Length; at++)
        {
            if (sql[at] == '\\')
                at++;
            else if (sql[at] == sql[start])
                return at + 1;
        }

        throw new DashboardQueryException($"A quote is not closed: {sql[start]} is missing.");
    }

    private static bool Follows(string sql, int start, string mark) =>
        string.CompareOrdinal(sql, start, mark, 0, mark.Length) == 0;

    private static int EndAfter(string sql, int start, string mark)
    {
        var end = sql.IndexOf(mark, start + 2, StringComparison.Ordinal);
        return end < 0 ? sql.Length : end + mark.Length;
    }
}
