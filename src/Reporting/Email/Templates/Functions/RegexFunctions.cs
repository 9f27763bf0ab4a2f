using System.Text.RegularExpressions;

namespace LifecycleMetrics.Reporting.Email.Templates.Functions;

/// <summary>The functions of <c>regex</c>; each has a time limit.</summary>
internal static class RegexFunctions
{
    public static IReadOnlyDictionary<string, object?> Table { get; } = new FunctionTable("regex")
        .Add("match", "text pattern options?", a => Run(a, 2, regex => Groups(regex.Match(a.Text(0)))))
        .Add("matches", "text pattern options?", a => Run(a, 2, regex => a.NewList(regex.Matches(a.Text(0)).Select(Groups))))
        .Add("replace", "text pattern replace options?", a => Run(a, 3, regex => regex.Replace(a.Text(0), a.Text(2))))
        .Add("split", "text pattern options?", a => Run(a, 2, regex => a.NewList(regex.Split(a.Text(0)))))
        .Add("escape", "pattern", a => Regex.Escape(a.Text(0)))
        .Functions;

    private static List<object?> Groups(Match match) =>
        match.Success ? [.. match.Groups.Values.Select(group => (object?)group.Value)] : [];

    private static object? Run(BoundArguments a, int optionsIndex, Func<Regex, object?> use)
    {
        var limit = a.Context.Settings.Limits.RegexTime;
        try
        {
            return use(new Regex(a.Text(1), Options(a, optionsIndex), limit));
        }
        catch (RegexMatchTimeoutException slow)
        {
            throw a.Fail($"the pattern took longer than {limit.TotalSeconds:0.###} s", slow);
        }
        catch (RegexParseException wrong)
        {
            throw a.Fail($"`{a.Text(1)}` isn't a pattern: {wrong.Message}", wrong);
        }
    }

    private static RegexOptions Options(BoundArguments a, int index)
    {
        var options = RegexOptions.CultureInvariant;
        if (!a.Has(index) || a[index] is null) return options;
        foreach (var letter in a.Text(index))
        {
            options |= letter switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                _ => throw a.Fail($"`{letter}` isn't a pattern option; there are i, m, s and x"),
            };
        }

        return options;
    }
}
