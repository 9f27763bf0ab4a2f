namespace LifecycleMetrics.Oracle.Tests.Histories;

/// <summary>What a campaign cost on a local day.</summary>
internal sealed record CampaignCost(DateOnly Day, string Channel, string Campaign, long Minor, string Currency = "USD")
{
    /// <summary>
    /// Costs in the order in which they were reported; one of the same day, channel, campaign and currency replaces the
    /// earlier one. The first day is before all histories, so that the calendar of all numbers begins with it.
    /// </summary>
    public static IReadOnlyList<CampaignCost> Of(Frame frame)
    {
        var (today, later) = (DayOf(frame, frame.AsOf), DayOf(frame, frame.LaterAsOf));
        return
        [
            new(new DateOnly(2023, 6, 15), "email", "", 700),
            new(new DateOnly(2024, 1, 1), "paid_search", "spring", 5000),
            new(new DateOnly(2024, 1, 31), "paid_search", "autumn", 2500),
            new(new DateOnly(2024, 2, 29), "email", "spring", 1000),
            new(new DateOnly(2024, 3, 31), "email", "autumn", 1000),
            new(new DateOnly(2024, 3, 31), "", "", 300),
            new(new DateOnly(2024, 4, 15), "email", "autumn", 0),
            new(new DateOnly(2024, 6, 30), "referral", "spring", 999),
            new(new DateOnly(2024, 7, 1), "paid_search", "spring", 4000),
            new(new DateOnly(2024, 7, 1), "paid_search", "spring", 3500),
            new(new DateOnly(2024, 7, 2), "display", "launch", 1234),
            new(new DateOnly(2024, 10, 27), "email", "spring", 800, "EUR"),
            new(new DateOnly(2024, 11, 3), "email", "autumn", 900, "JPY"),
            new(new DateOnly(2024, 12, 30), "paid_search", "spring", 2000),
            new(today, "email", "autumn", 111),
            new(today.AddDays(1), "email", "autumn", 222),
            new(later, "paid_search", "", 50),
            new(later.AddDays(1), "paid_search", "", 60),
        ];
    }

    private static DateOnly DayOf(Frame frame, DateTime instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(instant, frame.Zone));
}
