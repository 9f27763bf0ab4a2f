using LifecycleMetrics.Ingest.Importing;

namespace LifecycleMetrics.Ingest.Tests.Importing;

public sealed class ImportMapFileTests
{
    [Theory]
    [InlineData("cdnow.yaml")]
    [InlineData("cdnow-master.yaml")]
    [InlineData("online-retail.yaml")]
    public void Accepts_TheExamples(string name) => Assert.NotEmpty(ImportMapFile.Read(Path.Combine(Examples(), name)).Columns);

    [Fact]
    public void Rejects_AllFaultsAtOnce_WithTheirLines()
    {
        var error = Assert.Throws<ImportMapException>(() => ImportMapFile.Parse(
            """
            delimiter: ";;"
            header: maybe
            columns:
              customer: id
              amuont: total
            time_zone: Europe/Atlantis
            currency: XYZ
            country: Germany
            """,
            "map.yaml"));

        Assert.Contains(error.Faults, f => f.StartsWith("line 1: delimiter", StringComparison.Ordinal));
        Assert.Contains(error.Faults, f => f.StartsWith("line 2: header", StringComparison.Ordinal));
        Assert.Contains(error.Faults, f => f.StartsWith("line 5: amuont is not a known key", StringComparison.Ordinal));
        Assert.Contains(error.Faults, f => f.StartsWith("line 6: time_zone", StringComparison.Ordinal));
        Assert.Contains(error.Faults, f => f.StartsWith("line 7: currency", StringComparison.Ordinal));
        Assert.Contains(error.Faults, f => f.StartsWith("line 8: country", StringComparison.Ordinal));
        Assert.Contains(error.Faults, f => f.EndsWith("columns needs date", StringComparison.Ordinal));
        Assert.Contains(error.Faults, f => f.Contains("needs either amount, or quantity and unit_price", StringComparison.Ordinal));
        Assert.Contains(error.Faults, f => f.Contains("needs order_id", StringComparison.Ordinal));
    }

    [Fact]
    public void Rejects_TextThatIsNotYaml() =>
        Assert.Throws<ImportMapException>(() => ImportMapFile.Parse("columns: [", "map.yaml"));

    [Fact]
    public void Rejects_ColumnNamesWithoutHeader()
    {
        var error = Assert.Throws<ImportMapException>(() => ImportMapFile.Parse(
            """
            header: false
            columns: { customer: id, date: 2, amount: 3 }
            currency: EUR
            order: line
            """,
            "map.yaml"));

        Assert.Contains("columns are given by number", Assert.Single(error.Faults), StringComparison.Ordinal);
    }

    private static string Examples()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "LifecycleMetrics.sln")))
            directory = directory.Parent;
        return Path.Combine(directory.FullName, "docs", "import");
    }
}
