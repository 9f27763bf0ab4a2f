using LifecycleMetrics.Lifecycle.Tests.Support;

namespace LifecycleMetrics.Oracle.Tests.Worlds;

/// <summary>A subject with all that it did and that was done to it.</summary>
/// <param name="Id">Resolved id.</param>
/// <param name="Slices">Channel, campaign and source of the first touch, latest country, and persona at T.</param>
/// <param name="Touches">Its touchpoints in the order of their time and id, also those after T.</param>
/// <param name="ActiveDays">Local days on which it did something up to T, in order.</param>
internal sealed record Subject(string Id, Slices Slices, IReadOnlyList<Touch> Touches, IReadOnlyList<DateOnly> ActiveDays)
{
    /// <summary>Whether it is known by a user id.</summary>
    public bool IsCustomer => Id.StartsWith("u:", StringComparison.Ordinal);

    /// <summary>Whether it did something in the days before the start of a day.</summary>
    public bool IsActiveAt(DateOnly day, int window) => ActiveDays.Any(active => active < day && active >= day.AddDays(-window));
}
