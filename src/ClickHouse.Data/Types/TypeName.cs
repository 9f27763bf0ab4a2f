namespace ClickHouse.Data.Types;

/// <summary>A type's name split into its family and arguments: <c>Map(String, Array(Int8))</c> → Map, [String, Array(Int8)].</summary>
internal sealed record TypeName(string Text, string Family, IReadOnlyList<string> Arguments)
{
    /// <exception cref="FormatException">Brackets or quotes don't match.</exception>
    public static TypeName Parse(string text)
    {
        text = text.Trim();
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return new TypeName(text, text, []);
        }

        if (open == 0 || text[^1] != ')')
        {
            throw new FormatException($"'{text}' is not a ClickHouse type name.");
        }

        return new TypeName(text, text[..open].TrimEnd(), Split(text, open + 1, text.Length - 1));
    }

    /// <summary>Splits a leading element name from its type: <c>a String</c>, <c>`odd name` Array(Int8)</c>.</summary>
    public static (string? Name, string Type) SplitNamed(string argument)
    {
        if (argument.StartsWith('`'))
        {
            var end = SkipQuoted(argument, 0);
            return (Unquote(argument[..end]), argument[end..].Trim());
        }

        var space = argument.IndexOf(' ', StringComparison.Ordinal);
        var open = argument.IndexOf('(', StringComparison.Ordinal);
        return space > 0 && (open < 0 || space < open)
            ? (argument[..space], argument[space..].Trim())
            : (null, argument);
    }

    /// <summary>Takes quotes and the backslashes in them away.</summary>
    public static string Unquote(string quoted)
    {
        var inner = quoted.AsSpan()[1..^1];
        var text = new System.Text.StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '\\' && i + 1 < inner.Length)
            {
                i++;
                text.Append(inner[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', '0' => '\0', var c => c });
            }
            else
            {
                if (inner[i] == quoted[0] && i + 1 < inner.Length)
                {
                    i++;
                }

                text.Append(inner[i]);
            }
        }

        return text.ToString();
    }

    private static List<string> Split(string text, int start, int end)
    {
        var parts = new List<string>();
        var depth = 0;
        var from = start;
        for (var i = start; i < end; i++)
        {
            switch (text[i])
            {
                case '\'' or '`':
                    i = SkipQuoted(text, i) - 1;
                    break;
                case '(':
                    depth++;
                    break;
                case ')':
                    depth--;
                    break;
                case ',' when depth == 0:
                    parts.Add(text[from..i].Trim());
                    from = i + 1;
                    break;
                default:
                    break;
            }
        }

        if (depth != 0)
        {
            throw new FormatException($"'{text}' is not a ClickHouse type name: brackets don't match.");
        }

        var last = text[from..end].Trim();
        if (last.Length > 0)
        {
            parts.Add(last);
        }

        return parts;
    }

    /// <summary>The position after the quoted text that starts at <paramref name="start"/>.</summary>
    private static int SkipQuoted(string text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == text[start])
            {
                if (i + 1 < text.Length && text[i + 1] == text[start])
                {
                    i++;
                }
                else
                {
                    return i + 1;
                }
            }
        }

        throw new FormatException($"'{text}' is not a ClickHouse type name: a quote isn't closed.");
    }
}
