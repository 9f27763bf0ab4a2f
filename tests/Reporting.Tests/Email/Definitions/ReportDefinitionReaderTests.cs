using LifecycleMetrics.Reporting.Email.Definitions;

namespace LifecycleMetrics.Reporting.Tests.Email.Definitions;

public sealed class ReportDefinitionReaderTests
{
    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "reports", "executive-weekly.yaml");

    [Fact]
    public void Accepts_TheShippedReport()
    {
        var (definition, faults) = Read(File.ReadAllText(Shipped));
        Assert.Empty(faults);
        Assert.Equal("executive-weekly", definition!.Id);
        Assert.Equal(["numbers", "leaks", "stages"], definition.Queries.Select(query => query.Name));
        Assert.Equal(ReportLanguages.All, definition.Labels.Keys);
    }

    [Theory]
    [InlineData("id: executive-weekly", "id: other", "The id 'other' isn't the file's name")]
    [InlineData("id: executive-weekly", "id: Executive Weekly", "isn't kebab-case")]
    [InlineData("id: executive-weekly\n", "", "The report has no 'id'|id is missing")]
    [InlineData("0 7 * * 1", "0 7 * *", "'0 7 * *' isn't a cron expression")]
    [InlineData("zone: Etc/UTC", "zone: Mars/Olympus", "'Mars/Olympus' isn't an IANA time zone")]
    [InlineData("zone: Etc/UTC", "zone: Romance Standard Time", "isn't an IANA time zone")]
    [InlineData("unit: week", "unit: fortnight", "The unit of the period is 'fortnight'")]
    [InlineData("history: 12", "history: 1", "The history is '1'")]
    [InlineData("language: en", "language: de", "The language is 'de'")]
    [InlineData("recipients: []", "recipients: [nobody]", "'nobody' isn't an e-mail address")]
    [InlineData("recipients: []", "recipients: nobody", "recipients must be a list")]
    [InlineData("recipients: []", "recipients: [\"Ann <ann@example.com>\"]", "isn't an e-mail address")]
    [InlineData("model: \"\"", "modell: \"\"", "Unknown key 'modell'")]
    [InlineData("html: executive-weekly.sbn-html", "html: nope.sbn-html", "There is no file 'nope.sbn-html'")]
    [InlineData("html: executive-weekly.sbn-html", "html: ../x.sbn-html", "is a path")]
    [InlineData("csv: headline-numbers.csv", "csv: ../x.csv", "isn't the name of a CSV file")]
    [InlineData("from kpi_revenue", "from touchpoint", "The query reads 'touchpoint'")]
    [InlineData("from kpi_revenue", "from system.users", "The query reads 'system.users'")]
    [InlineData("{grain:String}", "{grian:String}", "There is no parameter 'grian'")]
    [InlineData("{period_start:Date}", "{period_start:String}", "The parameter 'period_start' is a Date")]
    [InlineData("with points as (", "insert into x with points as (", "begins with select or with")]
    [InlineData("current desc\n", "current desc; drop table x\n", "A query is one statement")]
    [InlineData("it: Ricavi netti, ", "", "the label 'net_revenue' has no text in 'it'")]
    [InlineData("queries:", "queries: [", "This isn't YAML")]
    public void Rejects_WithTheLineAndWhatToDo(string good, string bad, string expected)
    {
        var text = File.ReadAllText(Shipped);
        Assert.Contains(good, text, StringComparison.Ordinal);
        var (definition, faults) = Read(text.Replace(good, bad, StringComparison.Ordinal));
        Assert.Null(definition);
        Assert.Contains(faults, fault => expected.Split('|').Any(part => fault.Message.Contains(part, StringComparison.Ordinal)) && fault.Hint.Length > 0 && fault.Line >= 1);
    }

    [Fact]
    public void Rejects_EverythingWrongAtOnce()
    {
        var (_, faults) = Read("id: x\nname: { en: X }\nschedule: { cron: never }\nperiod: { unit: eon }\nlabels: {}\n");
        Assert.True(faults.Count >= 8, string.Join('\n', faults));
        Assert.Contains(faults, fault => fault is { File: "executive-weekly.yaml", Line: 3 } && fault.Message.Contains("cron", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault is { Line: 4 } && fault.Message.Contains("eon", StringComparison.Ordinal));
    }

    private static (ReportDefinition? Definition, IReadOnlyList<ReportFault> Faults) Read(string text) =>
        ReportDefinitionReader.Read(Shipped, text);
}
