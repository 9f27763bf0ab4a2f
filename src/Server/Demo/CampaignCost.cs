namespace LifecycleMetrics.Server.Demo;

/// <summary>What a campaign cost on a day.</summary>
/// <param name="Date">Day in UTC.</param>
/// <param name="Campaign">The campaign.</param>
/// <param name="CostMinor">Cost in minor units of <see cref="Catalogue.Currency"/>.</param>
internal readonly record struct CampaignCost(DateOnly Date, Campaign Campaign, long CostMinor)
{
    /// <summary>All costs of the history by day: the visits to be expected at the campaign's price, give or take a little.</summary>
    public static IEnumerable<CampaignCost> Of(History history, DemoOptions options)
    {
        var people = options.Customers * (1 + options.VisitorsPerCustomer);
        for (var day = 0; day < history.Days; day++)
        {
            var date = history.FirstDay.AddDays(day);
            var dice = new Dice(options.Seed, "cost", date.DayNumber);
            foreach (var campaign in Campaign.All)
            {
                var visits = people * history.ShareOf(day) * campaign.Channel.Share * campaign.ShareOn(date);
                var cost = (long)(visits * campaign.CostPerVisit * dice.Between(0.9, 1.1));
                if (cost > 0)
                    yield return new(date, campaign, cost);
            }
        }
    }
}
