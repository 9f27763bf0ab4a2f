namespace LifecycleMetrics.Lifecycle.Batches;

/// <summary>
/// What of a subject can differ between before and after a run. What a family of KPIs does not read can't change what a
/// subject contributes to it. The numbers stand in Sql/batch_change.sql too.
/// </summary>
[Flags]
internal enum Facets : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Channel, campaign, persona, country, source, by which all KPIs can be cut.</summary>
    Slices = 1,

    /// <summary>Days of activity.</summary>
    Days = 2,

    /// <summary>Orders and refunds.</summary>
    Orders = 4,

    /// <summary>Account, and when it was first seen.</summary>
    Origin = 8,

    /// <summary>When it was last seen, and how many touchpoints it has.</summary>
    LastSeen = 16,

    /// <summary>Marketing touches.</summary>
    Touches = 32,

    /// <summary>Stage visits, in any model.</summary>
    Visits = 64,

    /// <summary>Events that are none of those below.</summary>
    OtherEvents = 128,

    /// <summary>Events of mails.</summary>
    EmailEvents = 256,

    /// <summary>Events of loyalty points.</summary>
    LoyaltyEvents = 512,

    /// <summary>Events of subscriptions.</summary>
    SubscriptionEvents = 1024,

    /// <summary>Events of surveys.</summary>
    SurveyEvents = 2048,

    /// <summary>Events of all kinds.</summary>
    AllEvents = OtherEvents | EmailEvents | LoyaltyEvents | SubscriptionEvents | SurveyEvents,
}
