using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Functions;

/// <summary>The functions of <c>array</c>; each gives a new list and leaves the old one as it is.</summary>
internal static class ArrayFunctions
{
    public static IReadOnlyDictionary<string, object?> Table { get; } = new FunctionTable("array")
        .Add("size", "list", a => (long)a.List(0).Count)
        .Add("first", "list", a => a.List(0) is [var first, ..] ? first : null)
        .Add("last", "list", a => a.List(0) is [.., var last] ? last : null)
        .Add("join", "list delimiter function?", a => Join(a))
        .Add("map", "list member", a => a.NewList(a.List(0).Select(item => MemberOf(item, a))))
        .Add("sort", "list member?", a => Sort(a))
        .Add("uniq", "list", a => Unique(a))
        .Add("limit", "list count", a => a.NewList(a.List(0).Take(a.Integer(1))))
        .Add("offset", "list index", a => a.NewList(a.List(0).Skip(a.Integer(1))))
        .Add("reverse", "list", a => a.NewList(a.List(0).Reverse()))
        .Add("compact", "list", a => a.NewList(a.List(0).Where(item => item is not null)))
        .Add("concat", "list1 list2", a => a.NewList(a.List(0).Concat(a.List(1))))
        .Add("add_range", "list1 list2", a => a.NewList(a.List(0).Concat(a.List(1))))
        .Add("add", "list value", a => a.NewList(a.List(0).Append(a[1])))
        .Add("insert_at", "list index value", a => InsertAt(a))
        .Add("remove_at", "list index", a => RemoveAt(a))
        .Add("contains", "list item", a => a.List(0).Any(item => Comparison.AreEqual(item, a[1], a.Context)))
        .Add("each", "list function", a => a.NewList(a.List(0).Select(item => a.Invoke(a.Function(1), item))))
        .Add("filter", "list function", a => a.NewList(a.List(0).Where(item => ValueKind.IsTruthy(a.Invoke(a.Function(1), item)))))
        .Add("any", "list function argument?", a => a.List(0).Any(item => ValueKind.IsTruthy(
            a.Has(2) ? a.Invoke(a.Function(1), item, a[2]) : a.Invoke(a.Function(1), item))))
        .Functions;

    private static string Join(BoundArguments a)
    {
        var texts = a.List(0).Select(a.Context.Text);
        if (a.Has(2)) texts = texts.Select(text => a.Context.Text(a.Invoke(a.Function(2), text)));
        return string.Join(a.Text(1), texts);
    }

    private static object? MemberOf(object? item, BoundArguments a) => MemberAccess.Get(item, a.Text(1), a.At);

    private static object Sort(BoundArguments a)
    {
        var byMember = a.Has(1) && a[1] is not null;
        var keyed = a.List(0).Select(item => (Item: item, Key: byMember ? MemberOf(item, a) : item));
        return a.NewList(keyed.Order(Comparer<(object? Item, object? Key)>.Create((x, y) => Compare(x.Key, y.Key, a))).Select(pair => pair.Item));
    }

    /// <summary>Null sorts before everything.</summary>
    private static int Compare(object? x, object? y, BoundArguments a)
    {
        if (x is null || y is null) return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        return Comparison.Order(x, y, a.Context)
            ?? throw a.Fail($"{ValueKind.NameOf(x)} and {ValueKind.NameOf(y)} can't be sorted");
    }

    private static List<object?> Unique(BoundArguments a)
    {
        var seen = new List<object?>();
        foreach (var item in a.List(0))
        {
            a.Context.CheckCancelled();
            if (!seen.Exists(known => Comparison.AreEqual(known, item, a.Context))) seen.Add(item);
        }

        return seen;
    }

    private static object InsertAt(BoundArguments a)
    {
        var list = a.List(0).ToList();
        var index = a.Integer(1) < 0 ? list.Count : a.Integer(1);
        while (list.Count < index && list.Count < a.Context.Settings.Limits.ListLength) list.Add(null);
        list.Insert(Math.Min(index, list.Count), a[2]);
        return a.NewList(list);
    }

    private static List<object?> RemoveAt(BoundArguments a)
    {
        var list = a.List(0).ToList();
        var index = a.Integer(1) < 0 ? list.Count + a.Integer(1) : a.Integer(1);
        if (index >= 0 && index < list.Count) list.RemoveAt(index);
        return list;
    }
}
