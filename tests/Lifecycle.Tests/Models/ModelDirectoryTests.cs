using LifecycleMetrics.Lifecycle.Models;

namespace LifecycleMetrics.Lifecycle.Tests.Models;

public sealed class ModelDirectoryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accepts_TheModelsThatShip()
    {
        var reading = await ModelDirectory.ReadAsync(Path.Combine(AppContext.BaseDirectory, "lifecycles"), Stop);

        Assert.Empty(reading.Faults);
        Assert.Equal(["awareness-to-advocacy", "sterne-cutler"], reading.Models.Select(model => model.Id));
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
