namespace LifecycleMetrics.Reporting.Email.Templates.Evaluation;

/// <summary>The comparison operators. A string on one side makes text of the other; null equals only null.</summary>
internal static class Comparison
{
    public static bool Apply(string op, object? left, object? right, EvaluationContext context, SourceLocation at)
    {
        if (op == "==") return AreEqual(left, right, context);
        if (op == "!=") return !AreEqual(left, right, context);
        if (left is null || right is null) return false;
        var order = Order(left, right, context)
            ?? throw new TemplateException(at, $"`{op}` doesn't work on {ValueKind.NameOf(left)} and {ValueKind.NameOf(right)}.");
        return op switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    public static bool AreEqual(object? left, object? right, EvaluationContext context) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (string, _) or (_, string) => context.Text(left) == context.Text(right),
        _ when ValueKind.IsNumber(left) && ValueKind.IsNumber(right) => OrderNumbers(left, right) == 0,
        _ => left.Equals(right),
    };

    /// <summary>Negative, zero or positive; null when the two can't be ordered.</summary>
    public static int? Order(object left, object right, EvaluationContext context) => (left, right) switch
    {
        (string, _) or (_, string) => string.CompareOrdinal(context.Text(left), context.Text(right)),
        (DateTimeOffset first, DateTimeOffset second) => first.CompareTo(second),
        (bool first, bool second) => first.CompareTo(second),
        _ when ValueKind.IsNumber(left) && ValueKind.IsNumber(right) => OrderNumbers(left, right),
        _ => null,
    };

    private static int OrderNumbers(object left, object right)
    {
        if (left is long first && right is long second) return first.CompareTo(second);
        return left is double || right is double
            ? Arithmetic.ToDouble(left).CompareTo(Arithmetic.ToDouble(right))
            : Arithmetic.ToDecimal(left).CompareTo(Arithmetic.ToDecimal(right));
    }
}
