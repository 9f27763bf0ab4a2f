namespace LifecycleMetrics.Server.Demo;

/// <summary>The way people find the shop, and what that says about them.</summary>
/// <param name="Name">Value of <c>properties.channel</c>.</param>
/// <param name="Share">Share of all visitors.</param>
/// <param name="SignsUp">How much likelier than average a visitor signs up.</param>
/// <param name="Buys">Factor on the probability of a first order.</param>
/// <param name="Repeats">Factor on the probability of further orders.</param>
/// <param name="Referrer">Where the browser says it comes from; empty if nowhere.</param>
internal sealed record Channel(string Name, double Share, double SignsUp, double Buys, double Repeats, string Referrer)
{
    public static readonly Channel PaidSearch = new("paid_search", 0.21, 1.15, 1.02, 0.95, "https://www.google.com/");
    public static readonly Channel PaidSocial = new("paid_social", 0.20, 0.80, 0.80, 0.72, "https://www.instagram.com/");
    public static readonly Channel Email = new("email", 0.04, 1.60, 1.15, 1.18, "");
    public static readonly Channel OrganicSearch = new("organic_search", 0.22, 1.05, 1.05, 1.10, "https://duckduckgo.com/");
    public static readonly Channel Referral = new("referral", 0.05, 2.10, 1.25, 1.25, "https://friends.example/");
    public static readonly Channel Direct = new("direct", 0.13, 1.10, 1.10, 1.18, "");
    public static readonly Channel Affiliate = new("affiliate", 0.07, 0.90, 0.92, 0.76, "https://deals.example/");
    public static readonly Channel Display = new("display", 0.08, 0.55, 0.70, 0.66, "https://news.example/");

    public static readonly Channel[] All =
        [PaidSearch, PaidSocial, Email, OrganicSearch, Referral, Direct, Affiliate, Display];

    public bool IsAdvertised => this == PaidSearch || this == PaidSocial || this == Display;
}
