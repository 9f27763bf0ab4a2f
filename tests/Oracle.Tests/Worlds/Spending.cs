using LifecycleMetrics.Oracle.Tests.Histories;

namespace LifecycleMetrics.Oracle.Tests.Worlds;

/// <summary>What campaigns cost up to T. Costs are of no history; all share them.</summary>
internal sealed class Spending(Frame frame, DateTime asOf)
{
    public Calendar Calendar { get; } = new(frame, asOf);

    /// <summary>The latest report of each cost.</summary>
    public IEnumerable<CampaignCost> Costs => CampaignCost.Of(frame)
        .GroupBy(cost => (cost.Day, cost.Channel, cost.Campaign, cost.Currency)).Select(reports => reports.Last())
        .Where(cost => cost.Day <= Calendar.Today);

    /// <summary>A cost is of its channel and of its campaign; of which persona, country or source it can't be.</summary>
    public static IEnumerable<(string Dimension, string Value)> SlicesOf(CampaignCost cost) =>
        new Slices(cost.Channel, cost.Campaign, "", "", "").All().Where(slice => IsOfCosts(slice.Dimension));

    /// <summary>Whether costs are sliced by a dimension.</summary>
    public static bool IsOfCosts(string dimension) => dimension is "all" or "channel" or "campaign";
}
