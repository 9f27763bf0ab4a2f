using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace LifecycleMetrics.Sql.Tests.Examples;

/// <summary>The worked examples of one view: <c>kpi_x.test.yaml</c> beside <c>kpi_x.sql</c>.</summary>
public sealed class ExampleFile
{
    private const string Extension = ".test.yaml";

    private static readonly Lazy<IReadOnlyList<ExampleFile>> Loaded = new(Load);

    /// <summary>The view, which is also the file's name.</summary>
    public string View { get; set; } = "";

    /// <summary>The directory of the lifecycle models the examples speak of.</summary>
    public string Models { get; set; } = "example-models";

    /// <summary>Columns the rows of all cases are filtered by.</summary>
    public Dictionary<string, string> Where { get; set; } = [];

    public List<ExampleCase> Cases { get; set; } = [];

    /// <summary>All files, read once.</summary>
    public static IReadOnlyList<ExampleFile> All => Loaded.Value;

    private static ExampleFile[] Load()
    {
        var assembly = typeof(ExampleFile).Assembly;
        var names = assembly.GetManifestResourceNames().Where(name => name.EndsWith(Extension, StringComparison.Ordinal));
        return [.. names.Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var file = Read(reader);
            return file.View == name[..^Extension.Length]
                ? file
                : throw new InvalidDataException($"{name}: view must be {name[..^Extension.Length]}, not '{file.View}'.");
        })];
    }

    private static ExampleFile Read(TextReader reader) => new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .Build()
        .Deserialize<ExampleFile>(reader);
}
