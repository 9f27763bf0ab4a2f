namespace LifecycleMetrics.Reporting.Email.Templates.Functions;

/// <summary>The names every template knows.</summary>
internal static class BuiltIns
{
    private static readonly Dictionary<string, object?> Names = new()
    {
        ["string"] = StringFunctions.Table,
        ["math"] = MathFunctions.Table,
        ["date"] = DateFunctions.Table,
        ["array"] = ArrayFunctions.Table,
        ["html"] = HtmlFunctions.Table,
        ["object"] = ObjectFunctions.Table,
        ["regex"] = RegexFunctions.Table,
        ["include"] = new IncludeFunction(),
    };

    public static bool TryGet(string name, out object? value) => Names.TryGetValue(name, out value);
}
