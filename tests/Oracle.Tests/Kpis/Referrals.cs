using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Of those who first took up an invitation in the period, before they were customers, those who became customers within the
/// window; and these for each active customer, beside the invitations sent.
/// </summary>
internal sealed class Referrals : ProportionOracle
{
    public override string View => "kpi_advocacy";

    public override string Keys => "metric, window_days";

    public override string Counts => "numerator, denominator, n, maturing_n, invitation_count";

    public override string Where => "metric in ('referral_conversion', 'viral_coefficient')";

    public override string Ratios => "invitations_per_customer, invitation_conversion";

    public override void Count(World world, KpiRows rows)
    {
        var window = Prospects.Window(world);
        foreach (var subject in world.Subjects)
        {
            var sent = subject.Touches.Where(touch => touch.Event == "Referral Sent" && touch.At <= world.AsOf).ToLookup(touch => world.Calendar.DayOf(touch.At));
            var accepted = subject.Touches.FirstOrDefault(IsAcceptance);
            var customerAt = Prospects.CustomerAt(world, subject);
            var isReferred = accepted?.At <= world.AsOf && accepted.At < customerAt;
            var isOld = isReferred && accepted!.At + window <= world.AsOf;
            var isWon = isOld && customerAt <= accepted!.At + window;
            foreach (var period in world.Periods)
            {
                var isHere = isReferred && period.Contains(world.Calendar.DayOf(accepted!.At));
                var invitations = sent.Where(day => period.Contains(day.Key)).Sum(day => day.Count());
                var isActive = subject.IsCustomer && subject.ActiveDays.Any(period.Contains);
                if (!isHere && !isActive && invitations == 0) continue;
                var isMature = world.Calendar.InstantOf(period.End) + window <= world.AsOf;
                var active = isActive ? 1 : 0;
                var (won, old, young) = (isHere && isWon ? 1 : 0, isHere && isOld ? 1 : 0, isHere && !isOld ? 1 : 0);
                rows.Add($"referral_conversion {window.Days}", period, subject.Slices, isMature, won, old, old, young, invitations, active, 0);
                rows.Add($"viral_coefficient {window.Days}", period, subject.Slices, isMature, won, active, active, young, invitations, active, 1);
            }
        }
    }

    // Who invites and who is invited may be in different slices.
    public override IEnumerable<KpiSum> Fold(IEnumerable<KpiSum> sums) => sums.Where(sum => sum.Dimension == "all" || !IsViral(sum.Counts));

    public override (double? Low, double? High) Interval(IReadOnlyList<long?> counts) =>
        IsViral(counts) ? (null, null) : base.Interval(counts);

    public override IReadOnlyList<double?> RatiosOf(IReadOnlyList<long?> counts) =>
        [Divided(counts[4], counts[5]), Divided(counts[0], counts[4])];

    private static bool IsViral(IReadOnlyList<long?> counts) => counts[6] > 0;

    private static bool IsAcceptance(Touch touch) =>
        touch.Event == "Referral Accepted" || (touch.Event == "Signed Up" && touch.Properties.ContainsKey("referral_code"));
}
