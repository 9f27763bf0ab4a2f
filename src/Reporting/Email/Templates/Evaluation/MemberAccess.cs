using LifecycleMetrics.Reporting.Email.Templates.Functions;

namespace LifecycleMetrics.Reporting.Email.Templates.Evaluation;

/// <summary>Members and elements of values.</summary>
internal static class MemberAccess
{
    public static bool TryGet(object target, string name, out object? value)
    {
        switch (target)
        {
            case IReadOnlyDictionary<string, object?> map:
                return map.TryGetValue(name, out value);
            case LoopState loop:
                return loop.TryGet(name, out value);
            case DateTimeOffset date:
                value = DateFunctions.Member(date, name);
                return value is not null;
            case string text when name == "size":
                value = (long)text.Length;
                return true;
            case IReadOnlyList<object?> list when name == "size":
                value = (long)list.Count;
                return true;
            default:
                value = null;
                return false;
        }
    }

    public static object? Get(object? target, string name, SourceLocation at)
    {
        if (target is null) throw new TemplateException(at, $"`.{name}` of null. Write `?.{name}` where null is expected.");
        if (TryGet(target, name, out var value)) return value;
        var known = target is IReadOnlyDictionary<string, object?> map ? $" It has: {string.Join(", ", map.Keys)}." : "";
        throw new TemplateException(at, $"Unknown member `{name}` of {ValueKind.NameOf(target)}.{known}");
    }

    public static object? GetElement(object? target, object? index, SourceLocation at) => (target, index) switch
    {
        (null, _) => throw new TemplateException(at, "`[…]` of null."),
        (_, null) => throw new TemplateException(at, "The index is null."),
        (_, string name) => Get(target, name, at),
        (IReadOnlyList<object?> list, long position) => GetAt(list, position, at),
        (string text, long position) => GetAt([.. text.Select(c => (object?)c.ToString())], position, at),
        _ => throw new TemplateException(at, $"{ValueKind.NameOf(target)} can't be indexed by {ValueKind.NameOf(index)}."),
    };

    private static object? GetAt(IReadOnlyList<object?> list, long position, SourceLocation at)
    {
        var index = position < 0 ? list.Count + position : position;
        return index >= 0 && index < list.Count
            ? list[(int)index]
            : throw new TemplateException(at, $"Index {position} is outside the list of {list.Count}.");
    }
}
