using System.Text;

namespace ClickHouse.Data.Types;

/// <summary>The escapes of ClickHouse's TabSeparated text, which query parameters are in.</summary>
internal static class TextEscape
{
    public static void Append(StringBuilder text, string value)
    {
        foreach (var character in value)
        {
            _ = character switch
            {
                '\\' => text.Append(@"\\"),
                '\'' => text.Append(@"\'"),
                '\t' => text.Append(@"\t"),
                '\n' => text.Append(@"\n"),
                '\r' => text.Append(@"\r"),
                '\b' => text.Append(@"\b"),
                '\f' => text.Append(@"\f"),
                '\0' => text.Append(@"\0"),
                _ => text.Append(character),
            };
        }
    }
}
