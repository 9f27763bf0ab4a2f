namespace LifecycleMetrics.Ingest.Validation;

/// <summary>The names of event types on the wire and in table <c>touchpoint</c>.</summary>
internal static class EventTypeNames
{
    public static EventType Parse(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("track"u8) => EventType.Track,
        _ when name.SequenceEqual("identify"u8) => EventType.Identify,
        _ when name.SequenceEqual("page"u8) => EventType.Page,
        _ when name.SequenceEqual("screen"u8) => EventType.Screen,
        _ when name.SequenceEqual("group"u8) => EventType.Group,
        _ when name.SequenceEqual("alias"u8) => EventType.Alias,
        _ => EventType.Unknown,
    };

    /// <summary>Value of the column <c>type</c>.</summary>
    public static ReadOnlySpan<byte> Name(this EventType type) => type switch
    {
        EventType.Track => "track"u8,
        EventType.Identify => "identify"u8,
        EventType.Page => "page"u8,
        EventType.Screen => "screen"u8,
        EventType.Group => "group"u8,
        EventType.Alias => "alias"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "An event without a type has no row."),
    };

    /// <summary>Value of the column <c>event</c> for calls other than track, which names its own.</summary>
    public static ReadOnlySpan<byte> EventName(this EventType type) => type switch
    {
        EventType.Identify => "Identified"u8,
        EventType.Page => "Page Viewed"u8,
        EventType.Screen => "Screen Viewed"u8,
        EventType.Group => "Grouped"u8,
        EventType.Alias => "Aliased"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "A track call names its own event."),
    };
}
