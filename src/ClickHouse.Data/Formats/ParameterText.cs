using System.Text;
using ClickHouse.Data.Types;

namespace ClickHouse.Data.Formats;

/// <summary>Puts a parameter's value into the text that ClickHouse reads query parameters in.</summary>
internal static class ParameterText
{
    private const string Null = @"\N";

    /// <param name="parameter">Name and value; its own type goes before the placeholder's.</param>
    /// <param name="placeholderType">The type that the SQL gives the placeholder, if it was found.</param>
    /// <exception cref="InvalidCastException">The value does not fit the type; the message names the parameter.</exception>
    public static string Format(ClickHouseParameter parameter, string? placeholderType)
    {
        var value = parameter.Value;
        if (ClickHouseType.IsNull(value))
        {
            return Null;
        }

        try
        {
            var type = TypeCatalog.Get(parameter.ClickHouseType ?? placeholderType ?? TypeInference.NameFor(value!));
            var text = new StringBuilder();
            type.FormatEscaped(text, value!);
            return text.ToString();
        }
        catch (Exception e) when (e is InvalidCastException or FormatException or OverflowException or NotSupportedException)
        {
            throw new InvalidCastException($"Parameter '{parameter.ParameterName}': {e.Message}", e);
        }
    }
}
