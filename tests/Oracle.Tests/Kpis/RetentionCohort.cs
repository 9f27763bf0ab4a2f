using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Of the customers first active in the same period, those active in the very period k periods later (on) or in that or a
/// later one (on_or_after, too low and not mature until the window of activity has passed since that period began); of all
/// active in a period, those active k periods later (recurring). Unknown while that period is not over.
/// </summary>
internal sealed class RetentionCohort : ProportionOracle
{
    public override string View => "kpi_retention_cohort";

    public override string Keys => "variant, cohort_start, period_index";

    public override string Counts => "if(isNull(value), null, numerator), denominator, n, cohort_size";

    public override void Count(World world, KpiRows rows)
    {
        foreach (var customer in world.Customers.Where(customer => customer.ActiveDays.Count > 0))
        {
            foreach (var grain in world.Grains)
            {
                var active = world.Calendar.From(grain, customer.ActiveDays[0])
                    .Where(period => customer.ActiveDays.Any(period.Contains))
                    .ToArray();
                Add("on", active[0]);
                Add("on_or_after", active[0]);
                if (grain == "day") continue;
                foreach (var cohort in active) Add("recurring", cohort);
            }

            void Add(string variant, Period cohort)
            {
                var last = cohort.Grain switch { "day" => 30, "week" => 52, _ => int.MaxValue };
                foreach (var (index, period) in world.Calendar.From(cohort.Grain, cohort.Start).Index().TakeWhile(period => period.Index <= last))
                {
                    var isOver = world.Calendar.IsClosed(period);
                    var isBack = variant == "on_or_after" ? customer.ActiveDays.Any(day => day >= period.Start) : customer.ActiveDays.Any(period.Contains);

                    // In its own period nobody of the cohort is missing.
                    var isCensored = variant == "on_or_after" && index > 0 && period.Start.AddDays(world.ActiveWindow) > world.Calendar.Today;
                    rows.Add(
                        $"{variant} {cohort.Start:yyyy-MM-dd} {index}",
                        period,
                        customer.Slices,
                        isOver && !isCensored,
                        isOver ? (isBack ? 1 : 0) : null,
                        1,
                        1,
                        1);
                }
            }
        }
    }
}
