using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Shares of the events received in the period up to the quarter of an hour of T, those of machines, staff and tests among
/// them, each time one came. What was refused or recognised as sent again is of the ingest and of no history.
/// </summary>
internal sealed class DataQuality : ProportionOracle
{
    private static readonly TimeSpan Lateness = TimeSpan.FromHours(24);

    public override string View => "kpi_data_quality";

    public override string Keys => "metric";

    public override string Counts => "numerator, denominator, n";

    public override bool IsOfReceipts => true;

    public override string Where => "metric not in ('rejected_share', 'duplicate_share', 'ingest_lag_ms')";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var touch in world.Received)
        {
            var receivedAt = touch.ReceivedAt ?? touch.At;
            if (QuarterOf(receivedAt) > world.AsOf) continue;
            foreach (var period in world.Grains.Select(grain => world.Calendar.Of(grain, world.Calendar.DayOf(receivedAt))))
            {
                (string, string)[] senders = [("all", "all"), ("source", touch.Source), ("key", "(none)")];
                Add("bot_share", touch.IsBot, senders);
                Add("internal_share", touch.IsInternal, senders);
                Add("test_share", touch.IsTest, senders);
                Add("late_share", receivedAt > touch.At + Lateness, senders);
                Add("undated_share", touch.IsUndated, senders);
                foreach (var (field, isMissing) in Expected(touch)) Add("missing_field_share", isMissing, [("field", field)]);

                void Add(string metric, bool isOne, (string, string)[] slices) =>
                    rows.Add(metric, period, slices, world.Calendar.IsClosed(period), isOne ? 1 : 0, 1, 1);
            }
        }
    }

    private static DateTime QuarterOf(DateTime instant) => new(instant.Ticks - (instant.Ticks % TimeSpan.FromMinutes(15).Ticks), instant.Kind);

    private static IEnumerable<(string Field, bool IsMissing)> Expected(Touch touch)
    {
        yield return ("user_id", touch.UserId.Length == 0);
        yield return ("country", touch.Country.Length == 0);
        if (touch.Event is "Order Completed" or "Order Refunded") yield return ("order_id", touch.OrderId.Length == 0);
        if (touch.Event == "Order Completed") yield return ("revenue", touch.RevenueMinor is null);
    }
}
