using LifecycleMetrics.Lifecycle.Models;

namespace LifecycleMetrics.Lifecycle.Tests.Models;

public sealed class ModelReaderTests
{
    private const string Valid =
        """
        id: small
        version: 3
        unit: contact
        lapse_after: 26w
        labels: { en: Small, es: Pequeño, it: Piccolo, pt: Pequeno }
        stages:
          - id: lead
            phase: consider
            labels: { en: Lead, es: Contacto, it: Contatto, pt: Contato }
            enter_when:
              - event: [Signed Up, Page Viewed]
          - id: buyer
            phase: convert
            labels: { en: Buyer, es: Comprador, it: Cliente, pt: Comprador }
            lapse_after: 30d
            convert_within: 14d
            enter_when:
              - { event: Order Completed, where: { revenue: { gt: 0, lte: 99.5 }, country: [ES, IT], gift: true, shop: "7" }, nth: 2, within: 365d }
            metrics:
              - { metric: stage_entries, target: 100, owner: sales }
        """;

    [Fact]
    public void Accepts_AModelWithEveryKey()
    {
        var reading = ModelReader.Read("small.yaml", Valid);

        Assert.Empty(reading.Faults);
        var model = Assert.Single(reading.Models);
        Assert.Equal(("small", 3, "contact"), (model.Id, model.Version, model.Unit));
        var (lead, buyer) = (model.Stages[0], model.Stages[1]);
        Assert.Equal((1, TimeSpan.FromDays(182), TimeSpan.FromDays(90)), (lead.Ordinal, lead.LapseAfter, lead.ConvertWithin));
        Assert.Equal((2, TimeSpan.FromDays(30), TimeSpan.FromDays(14)), (buyer.Ordinal, buyer.LapseAfter, buyer.ConvertWithin));
        Assert.Equal(new StageMetricTarget("stage_entries", "month", 100, "sales"), Assert.Single(buyer.Metrics));
        var rule = Assert.Single(buyer.Rules);
        Assert.Equal((2, TimeSpan.FromDays(365)), (rule.Nth, rule.Within));
        Assert.Equal(["revenue Gt 0", "revenue Lte 99.5", "country In System.String[]", "gift Eq True", "shop Eq 7"],
            rule.Conditions.Select(c => FormattableString.Invariant($"{c.Property} {c.Operator} {c.Value}")));
        Assert.IsType<string>(rule.Conditions[^1].Value);
    }

    [Fact]
    public void Rejects_AFileWithManyFaults_NamingAllOfThemWithTheirLines()
    {
        const string Faulty =
            """
            id: Small Model
            version: one
            unit: household
            lapse_afer: 180d
            lapse_after: half a year
            labels: { en: Small, es: Pequeño, pt: Pequeno }
            stages:
              - id: lead
                phase: considr
                labels: { en: Lead, es: Contacto, it: Contatto, pt: Contato }
                enter_when:
                  - event: Signed Up
                    where: { revenue: { gt: many }, plan: { is: 3 } }
                    within: 10d
              - id: lead
                phase: convert
                labels: { en: Buyer, es: Comprador, it: Cliente, pt: Comprador }
                convert_within: 0d
              - id: lapsed
                phase: retain
                labels: { en: Gone, es: Ido, it: Andato, pt: Ido }
                enter_when:
                  - { event: [], nth: 0 }
            """;

        var reading = ModelReader.Read("faulty.yaml", Faulty);

        Assert.Empty(reading.Models);
        Assert.Equal(
            [
                "1 id 'Small Model' can't be used",
                "2 version 'one' is not a whole number in range",
                "3 Unknown unit 'household'",
                "4 Unknown key 'lapse_afer' in the model",
                "5 lapse_after 'half a year' is not a duration",
                "6 Label 'it' of the model is missing",
                "9 Unknown phase 'considr'",
                "13 Operator 'gt' on 'revenue' needs a number",
                "13 Unknown key 'is' in the condition on 'plan'",
                "14 within of stage 'lead' has nothing to count",
                "15 Nothing leads into stage 'lead'",
                "15 Stage 'lead' is there twice",
                "18 convert_within of stage 'lead' '0d' is not a duration",
                "19 A stage can't be called 'lapsed'",
                "23 A rule of stage 'lapsed' names no event",
                "23 nth of stage 'lapsed' '0' is not a whole number in range",
            ],
            reading.Faults.Select(fault => $"{fault.Line} {fault.Message}").Order(new ByLineThenText()));
        Assert.All(reading.Faults, fault => Assert.NotEmpty(fault.Hint));
        Assert.Contains(reading.Faults, fault => fault.Hint == "Did you mean 'lapse_after'");
        Assert.Contains(reading.Faults, fault => fault.Hint == "Did you mean 'consider'");
    }

    [Theory]
    [InlineData("stages: [", "This is not YAML")]
    [InlineData("", "The file must hold one YAML document")]
    [InlineData("- a\n- b", "the model must be a mapping")]
    public void Rejects_WhatIsNoModel(string text, string message)
    {
        var reading = ModelReader.Read("x.yaml", text);

        Assert.Contains(reading.Faults, fault => fault.Message.StartsWith(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("stages:", "stages: []\nunused_stages:", "The model has no stage")]
    [InlineData("    convert_within: 14d", "    after_lapse: often", "after_lapse of stage 'buyer' must be true or false")]
    [InlineData("    phase: consider", "    phase: consider\n    after_lapse: true", "after_lapse can't be true of stage 'lead', the first")]
    [InlineData("owner: sales }", "per: fortnight }", "Unknown period 'fortnight' of a target of stage 'buyer'")]
    [InlineData("owner: sales }", "owner: sales }\n      - { metric: stage_entries }", "Metric 'stage_entries' is twice in stage 'buyer'")]
    [InlineData("country: [ES, IT]", "country: 7", "Operator 'eq' on 'country' needs a text, as this property is one")]
    [InlineData("gift: true", "score: high", "Operator 'eq' on 'score' needs a number, as this property is one")]
    [InlineData("gift: true", "gift: { exists: 1 }", "Operator 'exists' on 'gift' needs true or false")]
    [InlineData("gift: true", "gift: [1, two]", "Operator 'in' on 'gift' needs a list of texts or of numbers")]
    [InlineData("metric: stage_entries", "metric: stage_entry", "There is no metric 'stage_entry' to watch in stage 'buyer'")]
    [InlineData("target: 100", "target: lots", "target 'lots' of stage 'buyer' is not a number")]
    public void Rejects_OneFault(string valid, string faulty, string message)
    {
        var reading = ModelReader.Read("x.yaml", Valid.Replace(valid, faulty, StringComparison.Ordinal));

        Assert.Contains(reading.Faults, fault => fault.Message == message);
    }

    private sealed class ByLineThenText : IComparer<string>
    {
        public int Compare(string? x, string? y)
        {
            var byLine = Line(x!).CompareTo(Line(y!));
            return byLine != 0 ? byLine : string.CompareOrdinal(x, y);
        }

        private static int Line(string text) => int.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), null);
    }
}
