using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Functions;

/// <summary>The functions of <c>object</c>.</summary>
internal static class ObjectFunctions
{
    public static IReadOnlyDictionary<string, object?> Table { get; } = new FunctionTable("object")
        .Add("default", "value default", a => a[0] is null or "" ? a[1] : a[0])
        .Add("has_key", "value key", a => a.Map(0).ContainsKey(a.Text(1)))
        .Add("has_value", "value key", a => a.Map(0).TryGetValue(a.Text(1), out var value) && value is not null)
        .Add("keys", "value", a => a.NewList(a.Map(0).Keys))
        .Add("values", "value", a => a.NewList(a.Map(0).Values))
        .Add("size", "value", a => Size(a))
        .Add("typeof", "value", a => TypeOf(a[0]))
        .Functions;

    private static long Size(BoundArguments a) => a[0] switch
    {
        string text => (long)text.Length,
        IReadOnlyList<object?> list => (long)list.Count,
        IReadOnlyDictionary<string, object?> map => (long)map.Count,
        _ => throw a.Fail($"{ValueKind.NameOf(a[0])} has no size"),
    };

    private static string? TypeOf(object? value) => value switch
    {
        null => null,
        string => "string",
        bool => "boolean",
        long or double or decimal => "number",
        IReadOnlyList<object?> => "array",
        _ => "object",
    };
}
