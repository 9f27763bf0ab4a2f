namespace LifecycleMetrics.Server.Demo;

/// <summary>Something the shop pays for to be found.</summary>
/// <param name="Name">Value of <c>context.campaign.name</c>.</param>
/// <param name="Channel">Channel its visitors come through.</param>
/// <param name="Weight">Share among the campaigns that run in the channel on a day.</param>
/// <param name="CostPerVisit">What one expected visit costs, in minor units.</param>
/// <param name="Quality">Factor on buying and coming back: below 1 brings people who only look.</param>
/// <param name="From">First day of each year it runs on, as month * 100 + day.</param>
/// <param name="Until">Last such day.</param>
/// <param name="Source">Value of <c>context.campaign.source</c>.</param>
/// <param name="Medium">Value of <c>context.campaign.medium</c>.</param>
internal sealed record Campaign(
    string Name,
    Channel Channel,
    double Weight,
    int CostPerVisit,
    double Quality,
    int From,
    int Until,
    string Source,
    string Medium)
{
    public static readonly Campaign WinBack = Always("win-back", Channel.Email, 0.25, 60, 1, "mailer", "email");
    public static readonly Campaign Newsletter = Always("newsletter", Channel.Email, 0.75, 45, 1, "mailer", "email");

    public static readonly Campaign[] All =
    [
        Always("brand-search", Channel.PaidSearch, 0.35, 110, 1.20, "google", "cpc"),
        Always("shopping-ads", Channel.PaidSearch, 0.50, 200, 0.95, "google", "cpc"),
        Always("b2b-webinars", Channel.PaidSearch, 0.15, 230, 1.05, "linkedin", "cpc"),
        new("black-friday", Channel.PaidSearch, 0.80, 190, 0.95, 1_115, 1_130, "google", "cpc"),
        Always("social-prospecting", Channel.PaidSocial, 1.00, 95, 0.95, "instagram", "paid_social"),
        new("spring-sale", Channel.PaidSocial, 0.90, 80, 1.15, 310, 412, "facebook", "paid_social"),
        // The one that loses money: dear visits of people who only look.
        new("summer-influencers", Channel.PaidSocial, 1.30, 520, 0.55, 601, 731, "tiktok", "influencer"),
        Always("retargeting", Channel.Display, 0.60, 60, 1.10, "adnetwork", "display"),
        new("gift-guide", Channel.Display, 0.90, 45, 1.00, 1_125, 1_222, "adnetwork", "display"),
        Always("always-on-display", Channel.Display, 0.40, 48, 0.80, "adnetwork", "display"),
        Always("partner-network", Channel.Affiliate, 1.00, 110, 1.00, "partners", "affiliate"),
        Always("bring-a-friend", Channel.Referral, 1.00, 260, 1.00, "friends", "referral"),
        Newsletter,
        WinBack,
    ];

    private static readonly Dictionary<Channel, Campaign[]> ByChannel =
        Channel.All.ToDictionary(channel => channel, channel => All.Where(c => c.Channel == channel).ToArray());

    public bool RunsOn(DateOnly day)
    {
        var number = (day.Month * 100) + day.Day;
        return number >= From && number <= Until;
    }

    /// <summary>Share of the channel's visitors who come by this campaign on a day; 0 if it doesn't run.</summary>
    public double ShareOn(DateOnly day) =>
        RunsOn(day) ? Weight / ByChannel[Channel].Where(c => c.RunsOn(day)).Sum(c => c.Weight) : 0;

    /// <summary>One of the campaigns that run in the channel on a day; null if it has none.</summary>
    public static Campaign? Of(Channel channel, DateOnly day, Dice dice)
    {
        var campaigns = ByChannel[channel];
        if (campaigns.Length == 0)
            return null;
        Span<double> weights = stackalloc double[campaigns.Length];
        for (var i = 0; i < campaigns.Length; i++)
            weights[i] = campaigns[i].RunsOn(day) ? campaigns[i].Weight : 0;
        return campaigns[dice.Pick(weights)];
    }

    private static Campaign Always(
        string name, Channel channel, double weight, int cost, double quality, string source, string medium) =>
        new(name, channel, weight, cost, quality, 101, 1_231, source, medium);
}
