using System.Globalization;
using LifecycleMetrics.Reporting.Email.Templates.Evaluation;

namespace LifecycleMetrics.Reporting.Email.Templates.Functions;

/// <summary>The arguments of a built-in function in the order of its parameters, read as the types it needs.</summary>
internal sealed class BoundArguments(
    string function, object?[] values, bool[] isGiven, EvaluationContext context, SourceLocation at)
{
    public EvaluationContext Context => context;

    public SourceLocation At => at;

    public CultureInfo Culture => context.Settings.Culture;

    public object? this[int index] => values[index];

    public bool Has(int index) => isGiven[index];

    public string Text(int index) => context.Text(values[index]);

    public int Integer(int index, int standard = 0)
    {
        if (!isGiven[index]) return standard;
        return values[index] switch
        {
            long whole and >= int.MinValue and <= int.MaxValue => (int)whole,
            double real when real == Math.Truncate(real) && Math.Abs(real) <= int.MaxValue => (int)real,
            _ => throw Wrong(index, "an integer"),
        };
    }

    /// <summary>A long, double or decimal.</summary>
    public object Number(int index) => ValueKind.IsNumber(values[index]) ? values[index]! : throw Wrong(index, "a number");

    public IReadOnlyList<object?> List(int index) => values[index] switch
    {
        null => [],
        IReadOnlyList<object?> list => list,
        _ => throw Wrong(index, "a list"),
    };

    public DateTimeOffset Date(int index) =>
        values[index] is DateTimeOffset date ? date : throw Wrong(index, "a date");

    public IReadOnlyDictionary<string, object?> Map(int index) =>
        values[index] as IReadOnlyDictionary<string, object?> ?? throw Wrong(index, "an object");

    public ITemplateFunction Function(int index) =>
        values[index] as ITemplateFunction ?? throw Wrong(index, "a function (`@name`)");

    public object? Invoke(ITemplateFunction callee, params IReadOnlyList<object?> arguments) =>
        context.Call(callee, new CallArguments(arguments, CallArguments.NoNames, at));

    /// <summary>The culture named by an argument, or that of the report.</summary>
    public CultureInfo CultureOr(int index)
    {
        if (!isGiven[index] || values[index] is null) return Culture;
        try
        {
            return CultureInfo.GetCultureInfo(Text(index), predefinedOnly: true);
        }
        catch (CultureNotFoundException unknown)
        {
            throw new TemplateException(at, $"`{function}`: there is no culture `{Text(index)}`.", unknown);
        }
    }

    /// <summary>A new list, within the limit of elements.</summary>
    public object NewList(IEnumerable<object?> items)
    {
        var limit = context.Settings.Limits.ListLength;
        var list = items.Take(limit + 1).ToList();
        return list.Count <= limit ? list : throw Fail($"the list grew past the limit of {limit} elements");
    }

    public TemplateException Fail(string problem, Exception? reason = null) => new(at, $"`{function}`: {problem}.", reason);

    private TemplateException Wrong(int index, string expected) =>
        Fail($"argument {index + 1} is {ValueKind.NameOf(values[index])} where {expected} is needed");
}
