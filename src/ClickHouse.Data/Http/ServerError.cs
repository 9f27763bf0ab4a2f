using System.Globalization;
using System.Text.RegularExpressions;

namespace ClickHouse.Data.Http;

/// <summary>An error text as the server writes it: <c>Code: 47. DB::Exception: … (UNKNOWN_IDENTIFIER) (version …)</c>.</summary>
internal sealed partial record ServerError(int Code, string? CodeName, string Message)
{
    /// <param name="text">The text.</param>
    /// <param name="code">The code from the response header; 0 to take the one in the text.</param>
    public static ServerError Parse(string text, int code)
    {
        text = text.Trim();
        if (code == 0 && CodePattern().Match(text) is { Success: true } match)
        {
            code = int.Parse(match.Groups["code"].ValueSpan, CultureInfo.InvariantCulture);
        }

        var name = NamePattern().Match(text);
        return new ServerError(code, name.Success ? name.Groups["name"].Value : null, text);
    }

    [GeneratedRegex(@"Code: (?<code>\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"\((?<name>[A-Z][A-Z0-9_]+)\)( \(version .*\))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamePattern();
}
