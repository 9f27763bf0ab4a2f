using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LifecycleMetrics.Reporting.Email.Templates.Functions;

/// <summary>The functions of <c>string</c>; they compare characters by code, not by culture.</summary>
internal static class StringFunctions
{
    private const StringComparison Exact = StringComparison.Ordinal;

    public static IReadOnlyDictionary<string, object?> Table { get; } = new FunctionTable("string")
        .Add("append", "text with", a => a.Text(0) + a.Text(1))
        .Add("prepend", "text by", a => a.Text(1) + a.Text(0))
        .Add("capitalize", "text", a => Capitalize(a.Text(0)))
        .Add("capitalizewords", "text", a => string.Join(' ', a.Text(0).Split(' ').Select(Capitalize)))
        .Add("upcase", "text", a => a.Text(0).ToUpperInvariant())
        .Add("downcase", "text", a => a.Text(0).ToLowerInvariant())
        .Add("contains", "text value", a => a.Text(0).Contains(a.Text(1), Exact))
        .Add("starts_with", "text value", a => a.Text(0).StartsWith(a.Text(1), Exact))
        .Add("ends_with", "text value", a => a.Text(0).EndsWith(a.Text(1), Exact))
        .Add("equals_ignore_case", "text value", a => a.Text(0).Equals(a.Text(1), StringComparison.OrdinalIgnoreCase))
        .Add("index_of", "text search", a => (long)a.Text(0).IndexOf(a.Text(1), Exact))
        .Add("empty", "text", a => a.Text(0).Length == 0)
        .Add("whitespace", "text", a => string.IsNullOrWhiteSpace(a.Text(0)))
        .Add("size", "text", a => (long)a.Text(0).Length)
        .Add("strip", "text", a => a.Text(0).Trim())
        .Add("lstrip", "text", a => a.Text(0).TrimStart())
        .Add("rstrip", "text", a => a.Text(0).TrimEnd())
        .Add("strip_newlines", "text", a => a.Text(0).Replace("\r", "", Exact).Replace("\n", "", Exact))
        .Add("remove", "text remove", a => Replace(a.Text(0), a.Text(1), ""))
        .Add("replace", "text match replace", a => Replace(a.Text(0), a.Text(1), a.Text(2)))
        .Add("replace_first", "text match replace", a => ReplaceAt(a.Text(0), a.Text(0).IndexOf(a.Text(1), Exact), a.Text(1), a.Text(2)))
        .Add("remove_first", "text remove", a => ReplaceAt(a.Text(0), a.Text(0).IndexOf(a.Text(1), Exact), a.Text(1), ""))
        .Add("remove_last", "text remove", a => ReplaceAt(a.Text(0), a.Text(0).LastIndexOf(a.Text(1), Exact), a.Text(1), ""))
        .Add("slice", "text start length?", a => Slice(a.Text(0), a.Integer(1), a.Integer(2)))
        .Add("split", "text match", a => a.NewList(a.Text(0).Split(a.Text(1), StringSplitOptions.RemoveEmptyEntries)))
        .Add("truncate", "text length ellipsis?", a => Truncate(a.Text(0), a.Integer(1), a.Has(2) ? a.Text(2) : "..."))
        .Add("truncatewords", "text count ellipsis?", a => TruncateWords(a.Text(0), a.Integer(1), a.Has(2) ? a.Text(2) : "..."))
        .Add("pad_left", "text width", a => a.Text(0).PadLeft(Width(a)))
        .Add("pad_right", "text width", a => a.Text(0).PadRight(Width(a)))
        .Add("pluralize", "number singular plural", a => Evaluation.Arithmetic.ToDouble(a.Number(0)) == 1 ? a[1] : a[2])
        .Add("handleize", "text", a => Handleize(a.Text(0)))
        .Add("literal", "text", a => Literal(a.Text(0)))
        .Add("to_int", "text", a => int.TryParse(a.Text(0), CultureInfo.InvariantCulture, out var number) ? (long)number : null)
        .Add("to_long", "text", a => long.TryParse(a.Text(0), CultureInfo.InvariantCulture, out var number) ? number : null)
        .Add("to_double", "text", a => double.TryParse(a.Text(0), CultureInfo.InvariantCulture, out var number) ? number : null)
        .Add("sha256", "text", a => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(a.Text(0)))))
        .Functions;

    private static string Capitalize(string text) =>
        text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Replace(string text, string match, string replacement) =>
        match.Length == 0 ? text : text.Replace(match, replacement, Exact);

    private static string ReplaceAt(string text, int index, string match, string replacement) =>
        index < 0 || match.Length == 0 ? text : string.Concat(text.AsSpan(0, index), replacement, text.AsSpan(index + match.Length));

    private static string Slice(string text, int start, int length)
    {
        if (start < 0) start += text.Length;
        if (start < 0)
        {
            // What lies before the start of the text counts as taken.
            length = length > 0 ? Math.Max(0, length + start) : length;
            start = 0;
            if (length == 0) return "";
        }

        if (start >= text.Length) return "";
        return length <= 0 || length > text.Length - start ? text[start..] : text.Substring(start, length);
    }

    private static string Truncate(string text, int length, string ellipsis)
    {
        if (text.Length <= length) return text;
        return string.Concat(text.AsSpan(0, Math.Max(0, length - ellipsis.Length)), ellipsis);
    }

    private static string TruncateWords(string text, int count, string ellipsis)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length <= count ? string.Join(' ', words) : string.Join(' ', words.Take(count)) + ellipsis;
    }

    private static int Width(BoundArguments a)
    {
        var width = a.Integer(1);
        return width <= a.Context.Settings.Limits.OutputLength ? Math.Max(0, width) : throw a.Context.TooLong(a.At);
    }

    private static string Handleize(string text)
    {
        var handle = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c) || c is '_' or '.') handle.Append(char.ToLowerInvariant(c));
            else if (handle.Length > 0 && handle[^1] != '-') handle.Append('-');
        }

        return handle.ToString().TrimEnd('-');
    }

    private static string Literal(string text) =>
        "\"" + text.Replace("\\", "\\\\", Exact).Replace("\"", "\\\"", Exact).Replace("\n", "\\n", Exact).Replace("\r", "\\r", Exact).Replace("\t", "\\t", Exact) + "\"";
}
