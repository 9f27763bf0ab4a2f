using System.CommandLine;
using ClickHouse.Data;
using LifecycleMetrics.Lifecycle;
using LifecycleMetrics.Lifecycle.DryRun;
using LifecycleMetrics.Lifecycle.Models;
using LifecycleMetrics.Server.Configuration;
using LifecycleMetrics.Storage;
using Microsoft.Extensions.Options;

namespace LifecycleMetrics.Server.Verbs;

/// <summary>models: checks the model files, and says what a model would change before it is published.</summary>
internal static class ModelsVerb
{
    public static Command Command() => new Command("models", "Lifecycle models.") { Check(), DryRun() }.WithCommonOptions();

    private static Command Check()
    {
        var directory = new Argument<DirectoryInfo?>("directory")
        {
            Description = "Where the files are; Lifecycle:ModelsDirectory if not given.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("check", "Read all model files and list what is wrong in them.") { directory };
        command.SetAction((parsed, cancellationToken) => CheckAsync(
            parsed.GetRequiredValue(CommonOptions.Data).FullName, parsed.GetValue(directory), cancellationToken));
        return command;
    }

    private static Command DryRun()
    {
        var file = new Argument<FileInfo>("file") { Description = "Model file to try." };
        var command = new Command("dry-run", "Say who would stand where with a model, and which stage KPIs would change, without publishing it.") { file };
        command.SetAction((parsed, cancellationToken) => DryRunAsync(
            parsed.GetRequiredValue(CommonOptions.Data).FullName, parsed.GetRequiredValue(file), cancellationToken));
        return command;
    }

    private static async Task<int> CheckAsync(string dataDirectory, DirectoryInfo? directory, CancellationToken cancellationToken)
    {
        var options = new ConfigurationBuilder().AddServerSettings(DataSettings.For(dataDirectory)).Build()
            .GetSection(LifecycleOptions.Section).BindTo(new LifecycleOptions());
        var path = directory?.FullName ?? Path.Combine(AppContext.BaseDirectory, options.ModelsDirectory);
        if (!Directory.Exists(path))
            throw new UsageException($"There is no directory {path}. Name one that holds model files, or set Lifecycle:ModelsDirectory.");
        var reading = (await ModelDirectory.ReadAsync(path, cancellationToken)).WithDefault(options.DefaultModel, path);
        if (reading.Faults.Count > 0) return Print(reading.Faults);
        foreach (var model in reading.Models)
            Console.WriteLine($"ok  {model.Id} {model.Version}: {string.Join(" → ", model.Stages.Select(stage => stage.Id))}");
        Console.WriteLine($"{reading.Models.Count} models and {reading.Activities.Count} activities are in order.");
        return ExitCode.Done;
    }

    private static async Task<int> DryRunAsync(string dataDirectory, FileInfo file, CancellationToken cancellationToken)
    {
        if (!file.Exists) throw new UsageException($"There is no file {file.FullName}.");
        var reading = ModelReader.Read(file.FullName, await File.ReadAllTextAsync(file.FullName, cancellationToken));
        if (reading.Faults.Count > 0) return Print(reading.Faults);

        await using var verb = await VerbServices.OpenAsync(
            dataDirectory,
            (services, configuration) => services.AddStorage(configuration)
                .Configure<LifecycleOptions>(configuration.GetSection(LifecycleOptions.Section)),
            cancellationToken);
        var progress = new DryRunProgressLine();
        try
        {
            var run = new ModelDryRun(
                verb.Services.GetRequiredKeyedService<ClickHouseDataSource>(StorageUser.Writer),
                verb.Services.GetRequiredService<IOptions<LifecycleOptions>>());
            var result = await run.RunAsync(reading.Models[0], progress, cancellationToken);
            progress.Finish();
            Console.WriteLine(DryRunText.Of(result));
            return ExitCode.Done;
        }
        finally
        {
            progress.Finish();
        }
    }

    private static int Print(IReadOnlyList<ModelFault> faults)
    {
        foreach (var fault in faults) Console.Error.WriteLine(fault);
        Console.Error.WriteLine(faults.Count == 1 ? "1 fault." : $"{faults.Count} faults.");
        return ExitCode.Failed;
    }
}
