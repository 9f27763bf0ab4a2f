namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>A value bound to a <c>{name:type}</c> placeholder; everything a user wrote reaches SQL this way only.</summary>
/// <param name="Name">Name of the placeholder.</param>
/// <param name="Type">ClickHouse type of the placeholder.</param>
/// <param name="Value">The value.</param>
public sealed record SqlParameter(string Name, string Type, object Value);
