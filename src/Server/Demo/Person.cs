namespace LifecycleMetrics.Server.Demo;

/// <summary>Someone (or some machine) that does things in the shop; the same index always gives the same person.</summary>
internal sealed class Person
{
    public required PersonKind Kind { get; init; }

    public required long Index { get; init; }

    /// <summary>Prefix of the message ids, unique in the demo.</summary>
    public required string Id { get; init; }

    /// <summary>Known user id; empty for visitors.</summary>
    public string UserId { get; init; } = "";

    public required string AnonymousId { get; init; }

    /// <summary>Anonymous id of a second device; empty if there is none.</summary>
    public string SecondDeviceId { get; init; } = "";

    /// <summary>Account of a business customer; empty for everyone else.</summary>
    public string AccountId { get; init; } = "";

    /// <summary>True for the member of an account who asks for the demo and signs.</summary>
    public bool IsChampion { get; init; }

    public required Persona Persona { get; init; }

    public required string Country { get; init; }

    public required Channel Channel { get; init; }

    public Campaign? Campaign { get; init; }

    /// <summary>Id of the customer who invited the person; empty if nobody did.</summary>
    public string InvitedBy { get; init; } = "";

    /// <summary>Uses the app rather than the web site.</summary>
    public bool UsesApp { get; init; }

    /// <summary>How far the device's clock is off, in milliseconds.</summary>
    public long ClockSkew { get; init; }

    public required long ArrivesAt { get; init; }
}
