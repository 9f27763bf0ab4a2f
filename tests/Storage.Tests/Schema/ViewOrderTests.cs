using LifecycleMetrics.Storage.Schema;

namespace LifecycleMetrics.Storage.Tests.Schema;

public sealed class ViewOrderTests
{
    [Fact]
    public void Sort_ViewsOfOneFolder_PutsReadOnesFirst()
    {
        var sorted = ViewOrder.Sort([View("4_kpis", "kpi_a", "kpi_b"), View("4_kpis", "kpi_b", "int_c"), View("3_lifecycle", "int_c", "touchpoint")]);

        Assert.Equal(["int_c", "kpi_b", "kpi_a"], sorted.Select(v => v.Name));
    }

    [Fact]
    public void Sort_Circle_IsRefusedByName()
    {
        var e = Assert.Throws<SchemaException>(() => ViewOrder.Sort([View("4_kpis", "kpi_a", "kpi_b"), View("4_kpis", "kpi_b", "kpi_a")]));

        Assert.Contains("kpi_a → kpi_b", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sort_ReadOfAHigherFolder_IsRefused()
    {
        var e = Assert.Throws<SchemaException>(() => ViewOrder.Sort([View("2_staging", "stg_a", "kpi_b"), View("4_kpis", "kpi_b", "x")]));

        Assert.Contains("higher folder", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("select 1", 1)]
    [InlineData("-- purpose: p\n-- grain: every row\n", 2)]
    [InlineData("-- purpose: p\n-- grain: one row per a\nselect", 3)]
    public void Parse_HeaderLineMissing_SaysWhich(string text, int line)
    {
        var e = Assert.Throws<SchemaException>(() => ViewFile.Parse(new SqlFile("sql/4_kpis/kpi_a.sql", text)));

        Assert.StartsWith($"sql/4_kpis/kpi_a.sql:{line}:", e.Message, StringComparison.Ordinal);
    }

    private static ViewFile View(string layer, string name, string reads) => ViewFile.Parse(new SqlFile(
        $"sql/{layer}/{name}.sql", $"-- purpose: p\n-- grain: one row per a\n-- reads: {reads}\n-- time: UTC\nselect 1 as a"));
}
