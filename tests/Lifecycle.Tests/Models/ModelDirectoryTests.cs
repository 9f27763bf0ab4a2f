using LifecycleMetrics.Lifecycle.Models;

namespace LifecycleMetrics.Lifecycle.Tests.Models;

public sealed class ModelDirectoryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly (string Id, string Phases)[] Shipped =
    [
        ("attract-sell-wow", "attract reach, sell convert, wow grow"),
        ("attract-to-advocate", "attract reach, convert convert, fulfil onboard, retain retain, advocate advocate"),
        ("awareness-to-advocacy", "awareness reach, consideration consider, conversion convert, retention retain, advocacy advocate"),
        ("b2b", "awareness reach, consideration consider, decision convert, implementation onboard, retention retain, advocacy advocate"),
        ("buyer-journey", "awareness reach, deliberation consider, decision consider, purchase convert, post-purchase retain"),
        ("customer-lifecycle-marketing", "acquisition consider, onboarding onboard, engagement grow, retention retain, advocacy advocate"),
        ("customer-type", "registered consider, first-time convert, reactivated retain, frequent retain"),
        ("email-programme", "acquisition consider, conversion convert, growth grow, retention retain"),
        ("four-stage", "acquisition consider, onboarding onboard, engagement grow, retention retain"),
        ("race", "reach reach, act consider, convert convert, engage grow"),
        ("six-stage", "awareness reach, consideration consider, purchase convert, retention retain, advocacy advocate, loyalty advocate"),
        ("sterne-cutler", "reach reach, acquisition consider, conversion convert, retention retain, loyalty advocate"),
    ];

    [Fact]
    public async Task Accepts_TheModelsThatShip()
    {
        var reading = await ModelDirectory.ReadAsync(Path.Combine(AppContext.BaseDirectory, "lifecycles"), Stop);

        Assert.Empty(reading.Faults);
        Assert.Equal(Shipped.Select(model => model.Id), reading.Models.Select(model => model.Id));
        Assert.Equal(Shipped.Select(model => model.Phases), reading.Models.Select(model =>
            string.Join(", ", model.Stages.Select(stage => $"{stage.Id} {stage.Phase}"))));
        Assert.Equal(["b2b"], reading.Models.Where(model => model.Unit == LifecycleModel.OfAccounts).Select(model => model.Id));
        Assert.NotEmpty(reading.Activities);
        Assert.All(reading.Models, model => Assert.Contains(
            model.Stages.SelectMany(stage => stage.Rules), rule => rule.Events.Contains("Order Completed")));
    }

    [Fact]
    public async Task Rejects_ADirectoryWithoutModels()
    {
        var reading = await ModelDirectory.ReadAsync(Path.Combine(AppContext.BaseDirectory, "nowhere"), Stop);

        var exception = Assert.Throws<InvalidModelException>(reading.ModelsOrThrow);
        Assert.Contains("nowhere:1: There is no such directory. ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejects_TheSameVersionTwice_AndReportsTheFaultsOfAllFiles()
    {
        var directory = Directory.CreateTempSubdirectory("lm-models-").FullName;
        var shipped = Path.Combine(AppContext.BaseDirectory, "lifecycles", "sterne-cutler.yaml");
        File.Copy(shipped, Path.Combine(directory, "a.yaml"));
        File.Copy(shipped, Path.Combine(directory, "b.yaml"));
        await File.WriteAllTextAsync(Path.Combine(directory, "c.yaml"), "id: c", Stop);

        var reading = await ModelDirectory.ReadAsync(directory, Stop);
        Directory.Delete(directory, recursive: true);

        Assert.Single(reading.Models);
        Assert.Contains(reading.Faults, fault => fault.File.EndsWith("b.yaml", StringComparison.Ordinal)
            && fault.Message.StartsWith("Version 1 of model 'sterne-cutler' is already in ", StringComparison.Ordinal));
        Assert.Contains(reading.Faults, fault => fault.File.EndsWith("c.yaml", StringComparison.Ordinal));
    }
}
