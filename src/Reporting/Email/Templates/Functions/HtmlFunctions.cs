using System.Net;

namespace LifecycleMetrics.Reporting.Email.Templates.Functions;

/// <summary>The functions of <c>html</c>.</summary>
internal static class HtmlFunctions
{
    private const StringComparison Exact = StringComparison.Ordinal;

    public static IReadOnlyDictionary<string, object?> Table { get; } = new FunctionTable("html")
        .Add("escape", "text", a => WebUtility.HtmlEncode(a.Text(0)))
        .Add("url_encode", "text", a => Uri.EscapeDataString(a.Text(0)))
        .Add("newline_to_br", "text", a => a.Text(0).Replace("\r\n", "\n", Exact).Replace("\n", "<br />\n", Exact))
        .Functions;
}
