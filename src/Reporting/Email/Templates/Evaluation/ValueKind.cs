namespace LifecycleMetrics.Reporting.Email.Templates.Evaluation;

/// <summary>Kinds of values and the questions asked of them.</summary>
internal static class ValueKind
{
    /// <summary>Only null and false are falsy: 0 and the empty string are true.</summary>
    public static bool IsTruthy(object? value) => value is not (null or false);

    public static bool IsNumber(object? value) => value is long or double or decimal;

    /// <summary>The name used in error messages.</summary>
    public static string NameOf(object? value) => value switch
    {
        null => "null",
        string => "a string",
        bool => "a boolean",
        long or double or decimal => "a number",
        DateTimeOffset => "a date",
        ITemplateFunction => "a function",
        IReadOnlyDictionary<string, object?> => "an object",
        LoopState => "a loop variable",
        IReadOnlyList<object?> => "a list",
        _ => value.GetType().Name,
    };
}
