using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Which rows are compared. Each history is a source of its own, so rows by source are many and say whose they are; the
/// other slices are shared, and what is wrong in one history is wrong in them too.
/// </summary>
internal sealed record Extent(string Where, Func<Period, string, string, bool> Takes, Func<int, bool> IsDaily)
{
    /// <summary>Months and longer periods of all that histories share, and of one history in ten everything.</summary>
    public static readonly Extent Sampled = new(
        "if(dimension = 'source', endsWith(dimension_value, '0'), grain not in ('day', 'week'))",
        (period, dimension, value) => dimension == "source" ? value.EndsWith('0') : IsLong(period.Grain),
        number => number % 10 == 0);

    /// <summary>Months and longer periods of each history by itself.</summary>
    public static readonly Extent Sources = new(
        "dimension = 'source' and grain not in ('day', 'week')",
        (period, dimension, _) => dimension == "source" && IsLong(period.Grain),
        _ => false);

    /// <summary>Everything.</summary>
    public static readonly Extent Whole = new("true", (_, _, _) => true, _ => true);

    /// <summary>The grains of a history that are looked at.</summary>
    public IReadOnlyList<string> GrainsOf(int number) => IsDaily(number) ? Period.Grains : [.. Period.Grains.Where(IsLong)];

    private static bool IsLong(string grain) => grain is not ("day" or "week");
}
