using LifecycleMetrics.Lifecycle.Personas;

namespace LifecycleMetrics.Lifecycle.Models;

/// <summary>Reads all lifecycle models of a directory, and the planned activities and personas beside them.</summary>
public static class ModelDirectory
{
    /// <summary>Reads every <c>*.yaml</c> of the directory; <c>activities.yaml</c>, and <c>personas.yaml</c>, which may be missing, list activities and personas. Faults are collected over all files, none is thrown.</summary>
    public static async Task<ModelReading> ReadAsync(string directory, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(directory))
        {
            return Nothing(directory, "There is no such directory");
        }

        var files = Directory.GetFiles(directory, "*.yaml")
            .Where(file => Path.GetFileName(file) is not (ActivityReader.FileName or PersonaReader.FileName))
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (files.Length == 0)
        {
            return Nothing(directory, "There is no *.yaml in this directory");
        }

        var models = new List<LifecycleModel>();
        var faults = new List<ModelFault>();
        var fileOf = new Dictionary<(string Id, int Version), string>();
        foreach (var file in files)
        {
            var text = await File.ReadAllTextAsync(file, cancellationToken);
            var reading = ModelReader.Read(file, text);
            faults.AddRange(reading.Faults);
            foreach (var model in reading.Models)
            {
                if (fileOf.TryAdd((model.Id, model.Version), file))
                {
                    models.Add(model);
                    continue;
                }

                faults.Add(new ModelFault(
                    file,
                    1,
                    $"Version {model.Version} of model '{model.Id}' is already in {fileOf[(model.Id, model.Version)]}",
                    "Give one of them another id or version"));
            }
        }

        var withActivities = await WithActivitiesAsync(
            Path.Combine(directory, ActivityReader.FileName), new ModelReading(models, faults), cancellationToken);
        return await WithPersonasAsync(Path.Combine(directory, PersonaReader.FileName), withActivities, cancellationToken);
    }

    private static async Task<ModelReading> WithActivitiesAsync(
        string file, ModelReading reading, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            return reading;
        }

        var (activities, faults) = ActivityReader.Read(file, await File.ReadAllTextAsync(file, cancellationToken), reading);
        return new ModelReading(reading.Models, [.. reading.Faults, .. faults]) { Activities = activities };
    }

    private static async Task<ModelReading> WithPersonasAsync(
        string file, ModelReading reading, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            return reading;
        }

        var personas = PersonaReader.Read(file, await File.ReadAllTextAsync(file, cancellationToken));
        return reading with { Faults = [.. reading.Faults, .. personas.Faults], Personas = personas };
    }

    private static ModelReading Nothing(string directory, string message) => new(
        [],
        [new ModelFault(directory, 1, message, "Put model files there or set Lifecycle:ModelsDirectory to where they are")]);
}
