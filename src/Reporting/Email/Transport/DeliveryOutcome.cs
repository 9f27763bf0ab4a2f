namespace LifecycleMetrics.Reporting.Email.Transport;

/// <summary>What became of one try to deliver a message.</summary>
public enum DeliveryOutcome
{
    /// <summary>The transport took the message.</summary>
    Sent,

    /// <summary>Not taken for now (4xx, or no connection): a later try may work.</summary>
    Deferred,

    /// <summary>Refused (5xx): another try is useless.</summary>
    Refused,

    /// <summary>The connection was lost so late that the message may have been taken. It isn't sent again.</summary>
    Uncertain,
}
