namespace LifecycleMetrics.Ingest.Traffic;

/// <summary>What marks an event. One condition that holds is enough.</summary>
public sealed class TrafficConditions
{
    /// <summary>Parts of the user agent; letter case is ignored.</summary>
    public IList<string> UserAgents { get; set; } = [];

    /// <summary>User ids, exactly.</summary>
    public IList<string> UserIds { get; set; } = [];

    /// <summary>Domains of the e-mail address, such as <c>shop.example</c>; those below it are meant too.</summary>
    public IList<string> EmailDomains { get; set; } = [];

    /// <summary>Networks of the event's address, such as <c>192.0.2.0/24</c>, or single addresses.</summary>
    public IList<string> Networks { get; set; } = [];

    /// <summary>Hosts of the page, such as <c>staging.shop.example</c>; <c>*.shop.example</c> means those below it.</summary>
    public IList<string> Hosts { get; set; } = [];

    /// <summary>Source names.</summary>
    public IList<string> Sources { get; set; } = [];

    /// <summary>Environments that events name, such as <c>staging</c>; letter case is ignored.</summary>
    public IList<string> Environments { get; set; } = [];

    /// <summary>Ids of write keys.</summary>
    public IList<string> Keys { get; set; } = [];
}
