namespace LifecycleMetrics.Server.Demo;

/// <summary>One thing that happens; what it means is told by its kind.</summary>
internal readonly record struct Touch
{
    public required TouchKind Kind { get; init; }

    public required Person Person { get; init; }

    /// <summary>When it happens, in milliseconds since 1970.</summary>
    public required long At { get; init; }

    /// <summary>When it is sent: later than <see cref="At"/> if the device was offline.</summary>
    public long SentAt { get; init; }

    /// <summary>Position in the person's life; part of the message id.</summary>
    public int Ordinal { get; init; }

    /// <summary>The person is not signed in.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>Done on the person's second device.</summary>
    public bool IsSecondDevice { get; init; }

    public Channel? Channel { get; init; }

    public Campaign? Campaign { get; init; }

    /// <summary>Position in <see cref="Catalogue.Products"/>.</summary>
    public int Product { get; init; }

    /// <summary>Amount in minor units of an order or refund; points of loyalty events; value of a contract; what a subscription brings a month.</summary>
    public long Amount { get; init; }

    /// <summary>Number of the order, case, mail or subscription within the person's life.</summary>
    public long Number { get; init; }

    /// <summary>Answer to a survey or stars of a review.</summary>
    public int Score { get; init; }

    /// <summary>Name of the survey that is sent or answered.</summary>
    public string? Survey { get; init; }

    /// <summary>Done by a machine for the person, such as a mail opened by a privacy proxy.</summary>
    public bool IsMachine { get; init; }
}
