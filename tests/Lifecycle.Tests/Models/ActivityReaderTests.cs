using LifecycleMetrics.Lifecycle.Models;

namespace LifecycleMetrics.Lifecycle.Tests.Models;

public sealed class ActivityReaderTests
{
    private static readonly LocalizedLabel Label = new("a", "a", "a", "a");

    private static readonly LifecycleModel Model = new(
        "small",
        1,
        "contact",
        Label,
        [new LifecycleStage("lead", 1, "reach", Label, [], TimeSpan.FromDays(1), TimeSpan.FromDays(1), false, [])],
        "");

    [Fact]
    public void Accepts_AnActivityWithAndWithoutCampaign()
    {
        var (activities, faults) = ActivityReader.Read(
            "activities.yaml",
            """
            activities:
              - { id: ads, label: Ads, model: small, stage: lead, channel: display, cadence_days: 30, owner: sales }
              - { id: back, label: Come back, model: small, stage: lapsed, channel: email, campaign: win-back, cadence_days: 7, owner: sales }
            """,
            new ModelReading([Model], []));

        Assert.Empty(faults);
        Assert.Equal(
            [
                new PlannedActivity("ads", "Ads", "small", "lead", "display", null, 30, "sales"),
                new PlannedActivity("back", "Come back", "small", "lapsed", "email", "win-back", 7, "sales"),
            ],
            activities);
    }

    [Fact]
    public void Rejects_AFileWithManyFaults_NamingAllOfThemWithTheirLines()
    {
        var (activities, faults) = ActivityReader.Read(
            "activities.yaml",
            """
            activities:
              - { id: Ads, label: Ads, model: smal, stage: lead, channel: display, cadence_days: 0, owner: sales }
              - { id: back, label: Back, model: small, stage: laed, channel: email, cadence_days: often, owner: sales }
              - { id: back, label: Back, model: small, stage: lead, chanel: email, cadence_days: 7, owner: "" }
            """,
            new ModelReading([Model], []));

        Assert.Empty(activities);
        Assert.Equal(
            [
                "2 There is no model 'smal'",
                "2 cadence_days of activity 'Ads' '0' is not a whole number in range",
                "2 id of an activity 'Ads' can't be used",
                "3 Model 'small' has no stage 'laed'",
                "3 cadence_days of activity 'back' 'often' is not a whole number in range",
                "4 Activity 'back' is there twice",
                "4 Unknown key 'chanel' in an activity",
                "4 channel of activity 'back' is missing",
                "4 owner of activity 'back' must be a text",
            ],
            faults.Select(fault => $"{fault.Line} {fault.Message}").Order(StringComparer.Ordinal));
        Assert.Contains(faults, fault => fault.Hint == "Did you mean 'small'");
        Assert.Contains(faults, fault => fault.Hint == "Did you mean 'lead'");
    }

    [Fact]
    public void Accepts_AModelThatMayBeTheFaultyOne()
    {
        var (_, faults) = ActivityReader.Read(
            "activities.yaml",
            "activities: [{ id: ads, label: Ads, model: other, stage: lead, channel: display, cadence_days: 30, owner: sales }]",
            new ModelReading([], [new ModelFault("other.yaml", 1, "Wrong", "Put it right")]));

        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("activities: [", "This is not YAML")]
    [InlineData("", "The file must hold one YAML document")]
    [InlineData("activities: 7", "activities must be a list")]
    public void Rejects_WhatIsNoList(string text, string message)
    {
        var (_, faults) = ActivityReader.Read("activities.yaml", text, new ModelReading([], []));

        Assert.StartsWith(message, Assert.Single(faults).Message, StringComparison.Ordinal);
    }
}
