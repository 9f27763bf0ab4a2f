namespace LifecycleMetrics.Reporting.Email.Delivery;

/// <summary>Where the mail of one report, slot and recipient stands.</summary>
public enum DeliveryStatus
{
    /// <summary>Not handed over yet; without a recipient: the schedule begins here.</summary>
    Waiting = 1,

    /// <summary>Handed over, no answer yet. Found after a restart it means uncertain.</summary>
    Sending = 2,

    Sent = 3,

    /// <summary>Put off; to be tried again.</summary>
    Deferred = 4,

    /// <summary>Refused for good by the mail server or by the allowed domains.</summary>
    Refused = 5,

    /// <summary>Put off until the tries were used up.</summary>
    Failed = 6,

    /// <summary>May have been sent; isn't sent again.</summary>
    Uncertain = 7,

    /// <summary>The slot passed while the server was down, and a later one was sent.</summary>
    Missed = 8,
}
