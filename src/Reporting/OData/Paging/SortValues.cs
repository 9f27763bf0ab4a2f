using System.Globalization;
using System.Numerics;
using LifecycleMetrics.Reporting.OData.Schema;

namespace LifecycleMetrics.Reporting.OData.Paging;

/// <summary>Sort values as text that keeps every digit, and back.</summary>
internal static class SortValues
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string? Text(object? value) => value switch
    {
        null or DBNull => null,
        string text => text,
        bool flag => flag ? "1" : "0",
        double number => number.ToString("R", Culture),
        float number => number.ToString("R", Culture),
        DateTime instant => instant.Ticks.ToString(Culture),
        DateTimeOffset instant => instant.UtcTicks.ToString(Culture),
        DateOnly date => date.DayNumber.ToString(Culture),
        IFormattable other => other.ToString(null, Culture),
        _ => throw new InvalidOperationException($"No sort value of type {value.GetType()}."),
    };

    public static object Parse(string text, ColumnType type) => type switch
    {
        { Name: "Bool" } => text == "1",
        { Name: "UUID" } => Guid.Parse(text, Culture),
        { Name: "Float32" } => float.Parse(text, Culture),
        { IsFloat: true } => double.Parse(text, Culture),
        { IsInstant: true } => new DateTime(long.Parse(text, Culture), DateTimeKind.Utc),
        { IsDate: true } => DateOnly.FromDayNumber(int.Parse(text, Culture)),
        { IsDecimal: true } => decimal.Parse(text, NumberStyles.Float, Culture),
        { IsInteger: true } => long.TryParse(text, NumberStyles.AllowLeadingSign, Culture, out var number)
            ? number
            : BigInteger.Parse(text, Culture),
        _ => text,
    };
}
