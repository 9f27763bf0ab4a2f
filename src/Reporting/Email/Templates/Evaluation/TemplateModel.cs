using System.Collections;

namespace LifecycleMetrics.Reporting.Email.Templates.Evaluation;

/// <summary>Copies a model into the values a template works with, so that no rendering changes the model of the next.</summary>
internal static class TemplateModel
{
    public static Dictionary<string, object?> Copy(IReadOnlyDictionary<string, object?> model)
    {
        var copy = new Dictionary<string, object?>(model.Count);
        foreach (var (name, value) in model) copy.Add(name, CopyValue(value));
        return copy;
    }

    private static object? CopyValue(object? value) => value switch
    {
        null or string or bool or long or double or decimal or DateTimeOffset => value,
        int or short or sbyte or byte or ushort or uint => Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture),
        ulong wide => wide <= long.MaxValue ? (long)wide : (decimal)wide,
        float single => (double)single,
        DateOnly date => new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
        DateTime { Kind: DateTimeKind.Unspecified } time => new DateTimeOffset(time, TimeSpan.Zero),
        DateTime time => new DateTimeOffset(time),
        IReadOnlyDictionary<string, object?> map => Copy(map),
        IEnumerable list => CopyList(list),
        _ => throw new ArgumentException($"A template model can't hold a {value.GetType().Name}.", nameof(value)),
    };

    private static List<object?> CopyList(IEnumerable list)
    {
        var copy = new List<object?>();
        foreach (var item in list) copy.Add(CopyValue(item));
        return copy;
    }
}
