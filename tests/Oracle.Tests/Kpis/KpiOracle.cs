using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// A KPI counted in memory, one subject and period after the other, as its definition reads: docs/glossary.md. Nothing here
/// is taken from the SQL but the names of columns.
/// </summary>
internal abstract class KpiOracle
{
    /// <summary>The oracles of all views.</summary>
    public static readonly IReadOnlyList<KpiOracle> All =
    [
        new StageEntries(), new StageStock(), new StageConversion(), new StageDropOff(), new StageMovement(), new StageThroughput(), new Laps(), new LapValue(), new TimeInStage(), new TargetGap(), new GapAnalysis(),
        new Churn(), new RetentionCohort(), new RetentionAverage(), new ReactivatedVsNew(), new LifecycleFlow(), new EarlyChurn(), new AnnualisedChurn(), new ChurnCompared(), new LapseWindow(),
        new RepeatLadder(), new OneAndDone(), new ClvHistoric(), new CustomerType(),
        new Attribution(),
        new Revenue(), new Mrr(), new SubscriberChurn(),
        new NetPromoterScore(), new Satisfaction(), new SurveyResponse(), new LoyaltyPoints(),
        new SupportConversion(), new CaseDeflection(), new SupportCases(),
        new EmailFunnel(), new AdvocacyRate(), new Referrals(),
        new CampaignCosts(), new CampaignReturn(), new CustomerCost(), new Payback(),
        new RevenueConverted(), new Rfm(), new ClvSimple(),
        new DataQuality(),
    ];

    /// <summary>The view that shows the same.</summary>
    public abstract string View { get; }

    /// <summary>Columns that tell rows apart, beside grain, period_start, dimension and dimension_value.</summary>
    public abstract string Keys { get; }

    /// <summary>What is counted, as the view shows it. What is counted beyond serves to work out value and ratios.</summary>
    public abstract string Counts { get; }

    /// <summary>Ratios that a row shows beside its value, as the view names them.</summary>
    public virtual string Ratios => "";

    /// <summary>Whether an event that came twice counts twice.</summary>
    public virtual bool IsOfReceipts => false;

    /// <summary>Which rows of the view these are.</summary>
    public virtual string Where => "true";

    /// <summary>Whether a row says something; views may show others or not.</summary>
    public virtual bool IsShown(IReadOnlyList<long?> counts) => counts.Any(count => count is not null and not 0);

    /// <summary>Counts what is of no history: what campaigns cost, and rows that are there whatever happens.</summary>
    public virtual void CountShared(Spending spending, KpiRows rows)
    {
    }

    /// <summary>Counts the rows of one history.</summary>
    public abstract void Count(World world, KpiRows rows);

    /// <summary>Makes rows of what was counted in all histories, where they are more than the sums.</summary>
    public virtual IEnumerable<KpiSum> Fold(IEnumerable<KpiSum> sums) => sums;

    /// <summary>
    /// The value of a row: the first count divided by the second where there is one, unless a KPI says otherwise. A count
    /// that is not known yet is null, and so is the value.
    /// </summary>
    public virtual double? Value(IReadOnlyList<long?> counts) => counts[1] is null ? counts[0] : Divided(counts[0], counts[1]);

    /// <summary>The ratios that a row shows beside its value.</summary>
    public virtual IReadOnlyList<double?> RatiosOf(IReadOnlyList<long?> counts) => [];

    /// <summary>Whether a row is mature: as it was said when it was counted, unless what was counted has a say in it.</summary>
    public virtual bool IsMature(bool isOld, IReadOnlyList<long?> counts) => isOld;

    /// <summary>The interval of a row that has a value; only proportions have one.</summary>
    public virtual (double? Low, double? High) Interval(IReadOnlyList<long?> counts) => (null, null);

    /// <summary>A ratio; unknown of nobody, and while either is not known.</summary>
    protected static double? Divided(long? numerator, long? denominator) => denominator is 0 ? null : (double?)numerator / denominator;
}
