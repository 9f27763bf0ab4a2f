using LifecycleMetrics.Lifecycle.Cells;
using LifecycleMetrics.Lifecycle.Tests.Support;
using LifecycleMetrics.Lifecycle.Visits;

namespace LifecycleMetrics.Lifecycle.Tests.Cells;

/// <summary>Compares the cells that readers see with the sums of what all subjects contribute at T.</summary>
internal static class CellAudit
{
    /// <summary>The families, as the schema has them.</summary>
    public static async Task<IReadOnlyList<CellFamily>> FamiliesAsync(LifecycleDatabase database) =>
        (await CellSchema.ReadAsync(
            new RefreshDatabase(database.Writer, TimeSpan.FromMinutes(1)), TestContext.Current.CancellationToken)).Families;

    /// <summary>Cells that differ, each with what is stored minus what it should be; none if all is well.</summary>
    public static Task<IReadOnlyList<string>> DifferencesAsync(LifecycleDatabase database, CellFamily family)
    {
        var keys = string.Join(", ", family.Keys);
        var measures = string.Join(", ", family.Measures.Select(measure => $"sum({measure}_) as {measure}"));
        string Signed(string sign) => string.Join(", ", family.Measures.Select(measure => $"toInt64({sign}{measure}) as {measure}_"));
        var differs = string.Join(" or ", family.Measures.Select(measure => $"{measure} != 0"));
        return database.ReadAsync(
            $"""
            select toString(tuple({keys}, dimension, slice)) as cell, {measures}
            from (
                select {keys}, dimension::String as dimension, dimension_value as slice, {Signed("")}
                from {family.Table}
                where (base_no, refresh_no) in (select base_no, refresh_no from int_live_run)
                union all
                select {keys}, sliced.1 as dimension, if(sliced.2 = '', '(none)', sliced.2) as slice, {Signed("-")}
                from (
                    select
                        *,
                        arrayJoin([
                            ('all', 'all'), ('channel', channel), ('campaign', campaign), ('persona', persona), ('country', country), ('source', source)
                        ]) as sliced
                    from {family.Contributions}
                )
                where effective_at <= (select coalesce(as_of, now64(3)) from report_setting final)
            )
            group by cell
            having {differs}
            order by cell
            limit 10
            """,
            row => family.Name + " " + string.Join(' ', Enumerable.Range(0, row.FieldCount).Select(i => row[i])));
    }

    /// <summary>Asserts that all cells of all families are right.</summary>
    public static async Task AssertRightAsync(LifecycleDatabase database)
    {
        var differences = new List<string>();
        foreach (var family in await FamiliesAsync(database))
        {
            differences.AddRange(await DifferencesAsync(database, family));
        }

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }
}
