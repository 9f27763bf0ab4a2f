namespace ClickHouse.Data.Formats;

/// <summary>
/// Finds the <c>{name:Type}</c> placeholders of a query, to learn in which type the server will read each value. The
/// query text itself is sent as it is.
/// </summary>
internal static class ParameterPlaceholders
{
    /// <summary>Name → type of every placeholder outside literals and comments. The first one of a name counts.</summary>
    public static Dictionary<string, string> Find(string sql)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < sql.Length; i++)
        {
            switch (sql[i])
            {
                case '\'' or '"' or '`':
                    i = SkipQuoted(sql, i);
                    break;
                case '-' when Next(sql, i) == '-':
                case '#' when Next(sql, i) is '!' or ' ':
                    i = IndexOrEnd(sql, "\n", i);
                    break;
                case '/' when Next(sql, i) == '*':
                    i = IndexOrEnd(sql, "*/", i + 2) + 1;
                    break;
                case '{':
                    i = ReadPlaceholder(sql, i, found);
                    break;
                default:
                    break;
            }
        }

        return found;
    }

    private static int ReadPlaceholder(string sql, int start, Dictionary<string, string> found)
    {
        var i = start + 1;
        while (i < sql.Length && (char.IsLetterOrDigit(sql[i]) || sql[i] is '_' or ' '))
        {
            i++;
        }

        if (i >= sql.Length || sql[i] != ':' || sql.AsSpan(start + 1, i - start - 1).Trim().IsEmpty)
        {
            return start;
        }

        var name = sql[(start + 1)..i].Trim();
        var typeStart = ++i;
        for (; i < sql.Length && sql[i] != '}'; i++)
        {
            if (sql[i] is '\'' or '`')
            {
                i = SkipQuoted(sql, i);
            }
        }

        if (i >= sql.Length)
        {
            return start;
        }

        found.TryAdd(name, sql[typeStart..i].Trim());
        return i;
    }

    /// <summary>The position of the closing quote; a doubled or escaped quote does not close.</summary>
    private static int SkipQuoted(string sql, int start)
    {
        for (var i = start + 1; i < sql.Length; i++)
        {
            if (sql[i] == '\\')
            {
                i++;
            }
            else if (sql[i] == sql[start])
            {
                return i;
            }
        }

        return sql.Length;
    }

    private static char Next(string sql, int index) => index + 1 < sql.Length ? sql[index + 1] : '\0';

    private static int IndexOrEnd(string sql, string text, int start)
    {
        var index = start < sql.Length ? sql.IndexOf(text, start, StringComparison.Ordinal) : -1;
        return index < 0 ? sql.Length : index;
    }
}
