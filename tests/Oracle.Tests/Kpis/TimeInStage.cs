using System.Numerics;
using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Days after which half of the visits to a stage that began in the period have ended: by Kaplan and Meier (1958), open visits
/// counted for as long as they have lasted; and the nearest ranks of completed visits.
/// </summary>
internal sealed class TimeInStage : KpiOracle
{
    public override string View => "kpi_time_in_stage";

    public override string Keys => "model_id, stage_id, variant";

    public override string Counts => "numerator, denominator, n, completed_count, open_count, toInt64(value)";

    public override string Where => "stage_id != 'lapsed'";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var model in world.Models)
        {
            foreach (var subject in world.Subjects)
            {
                foreach (var visit in world.VisitsOf(subject, model).Where(visit => visit.Ordinal > 0))
                {
                    var entered = world.Calendar.DayOf(visit.EnteredAt);
                    var left = visit.ExitedAt is { } exitedAt ? world.Calendar.DayOf(exitedAt) : world.Calendar.Today;
                    var isOpen = visit.ExitedAt is null ? 1 : 0;
                    foreach (var period in world.Grains.Select(grain => world.Calendar.Of(grain, entered)))
                    {
                        // By length; see below.
                        var days = left.DayNumber - entered.DayNumber;
                        rows.Add($"{model.Id} {visit.Stage} {days}", period, subject.Slices, world.Calendar.IsClosed(period), 1 - isOpen, isOpen);
                    }
                }
            }
        }
    }

    public override IEnumerable<KpiSum> Fold(IEnumerable<KpiSum> sums)
    {
        foreach (var stage in sums.GroupBy(sum => (Key: sum.Key[..sum.Key.LastIndexOf(' ')], sum.Period, sum.Dimension, sum.Value)))
        {
            var lengths = stage.Select(sum => (Days: DaysOf(sum), Ended: sum.Counts[0]!.Value, Open: sum.Counts[1]!.Value))
                .OrderBy(length => length.Days).ToArray();
            var (ended, open) = (lengths.Sum(length => length.Ended), lengths.Sum(length => length.Open));
            yield return Row("median", Median(lengths));
            yield return Row("completed_p50", Rank(lengths, (ended + 1) / 2));
            yield return Row("completed_p90", Rank(lengths, ((9 * ended) + 9) / 10));

            KpiSum Row(string variant, long? value) => stage.First() with
            {
                Key = $"{stage.Key.Key} {variant}",
                Counts = [ended, ended + open, ended + open, ended, open, value],
            };
        }
    }

    public override bool IsMature(bool isOld, IReadOnlyList<long?> counts) => isOld && counts[4] == 0;

    public override double? Value(IReadOnlyList<long?> counts) => counts[5];

    private static long DaysOf(KpiSum sum) => long.Parse(sum.Key.AsSpan(sum.Key.LastIndexOf(' ') + 1), null);

    // The first length at which the product of (1 - ended / still seen) is half or less, as an exact fraction.
    private static long? Median((long Days, long Ended, long Open)[] lengths)
    {
        var (stayed, all) = (BigInteger.One, BigInteger.One);
        var seen = lengths.Sum(length => length.Ended + length.Open);
        foreach (var (days, ended, open) in lengths)
        {
            (stayed, all) = (stayed * (seen - ended), all * seen);
            if (ended > 0 && 2 * stayed <= all) return days;
            seen -= ended + open;
        }

        return null;
    }

    private static long? Rank((long Days, long Ended, long Open)[] lengths, long rank)
    {
        foreach (var (days, ended, _) in lengths)
        {
            rank -= ended;
            if (ended > 0 && rank <= 0) return days;
        }

        return null;
    }
}
