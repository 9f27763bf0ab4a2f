using System.Globalization;
using System.Text;
using LifecycleMetrics.Reporting.Email.Templates.Functions;

namespace LifecycleMetrics.Reporting.Email.Templates.Evaluation;

/// <summary>How values are written out.</summary>
internal static class ValueText
{
    // Lists inside lists inside lists: past this depth an ellipsis stands for the rest.
    private const int MaxDepth = 20;

    public static string Of(object? value, CultureInfo culture) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        long integer => integer.ToString(culture),
        double real => real.ToString(culture),
        decimal exact => exact.ToString(culture),
        DateTimeOffset date => DatePattern.Format(date, DatePattern.Default, culture),
        _ => OfStructure(value, culture),
    };

    private static string OfStructure(object value, CultureInfo culture)
    {
        var text = new StringBuilder();
        Append(text, value, culture, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value, CultureInfo culture, int depth)
    {
        switch (value)
        {
            case string inner:
                text.Append('"').Append(inner.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
                break;
            case null:
                text.Append("null");
                break;
            case IReadOnlyDictionary<string, object?> or IReadOnlyList<object?> when depth >= MaxDepth:
                text.Append('…');
                break;
            case IReadOnlyDictionary<string, object?> map:
                AppendAll(text, '{', map, '}', (item) =>
                {
                    text.Append(item.Key).Append(": ");
                    Append(text, item.Value, culture, depth + 1);
                });
                break;
            case IReadOnlyList<object?> list:
                AppendAll(text, '[', list, ']', item => Append(text, item, culture, depth + 1));
                break;
            case ITemplateFunction function:
                text.Append('<').Append(function.Name).Append('>');
                break;
            default:
                text.Append(Of(value, culture));
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder text, char open, IEnumerable<T> items, char close, Action<T> append)
    {
        text.Append(open);
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst) text.Append(", ");
            isFirst = false;
            append(item);
        }

        text.Append(close);
    }
}
