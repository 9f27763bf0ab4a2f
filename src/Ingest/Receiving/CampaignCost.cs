namespace LifecycleMetrics.Ingest.Receiving;

/// <summary>What a campaign cost on a day; the amount is in minor units of the currency.</summary>
internal sealed record CampaignCost(DateOnly Date, string Source, string Channel, string Campaign, long CostMinor, string Currency);
