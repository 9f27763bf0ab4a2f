using System.Net;

namespace LifecycleMetrics.Reporting.Email.Rendering;

/// <summary>
/// Encodes every string of a model for HTML, names of keys excepted. The language's engine doesn't escape by itself; done
/// here, a template can't forget it.
/// </summary>
internal static class HtmlModel
{
    public static Dictionary<string, object?> Encode(IReadOnlyDictionary<string, object?> model) =>
        model.ToDictionary(member => member.Key, member => EncodeValue(member.Value));

    private static object? EncodeValue(object? value) => value switch
    {
        string text => WebUtility.HtmlEncode(text),
        IReadOnlyDictionary<string, object?> map => Encode(map),
        IReadOnlyList<object?> list => list.Select(EncodeValue).ToList(),
        _ => value,
    };
}
