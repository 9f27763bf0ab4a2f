using LifecycleMetrics.Oracle.Tests.Worlds;

namespace LifecycleMetrics.Oracle.Tests.Kpis;

/// <summary>
/// Whether a customer of a cohort was there again some periods later: first active in the same period, in the very period (on)
/// or in that or a later one (on_or_after, too low until the window of activity has passed since that period began); or
/// active in the cohort's period, for the first time or not (recurring).
/// </summary>
internal sealed record Comeback(string Variant, Period Cohort, int Index, Period Period, bool IsBack, bool IsCensored)
{
    /// <summary>The periods after each cohort of a customer.</summary>
    public static IEnumerable<Comeback> Of(World world, Subject customer)
    {
        if (customer.ActiveDays.Count == 0) yield break;
        foreach (var grain in world.Grains)
        {
            var active = world.Calendar.From(grain, customer.ActiveDays[0]).Where(period => customer.ActiveDays.Any(period.Contains)).ToArray();
            IEnumerable<(string Variant, Period Cohort)> cohorts = [("on", active[0]), ("on_or_after", active[0])];
            if (grain != "day") cohorts = cohorts.Concat(active.Select(period => ("recurring", period)));
            foreach (var comeback in cohorts.SelectMany(cohort => After(world, customer, cohort.Variant, cohort.Cohort))) yield return comeback;
        }
    }

    private static IEnumerable<Comeback> After(World world, Subject customer, string variant, Period cohort)
    {
        var last = cohort.Grain switch { "day" => 30, "week" => 52, _ => int.MaxValue };
        foreach (var (index, period) in world.Calendar.From(cohort.Grain, cohort.Start).Index().TakeWhile(period => period.Index <= last))
        {
            var isBack = variant == "on_or_after" ? customer.ActiveDays.Any(day => day >= period.Start) : customer.ActiveDays.Any(period.Contains);

            // In its own period nobody of the cohort is missing.
            var isCensored = variant == "on_or_after" && index > 0 && period.Start.AddDays(world.ActiveWindow) > world.Calendar.Today;
            yield return new Comeback(variant, cohort, index, period, isBack, isCensored);
        }
    }
}
