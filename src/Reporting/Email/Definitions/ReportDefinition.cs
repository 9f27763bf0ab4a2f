namespace LifecycleMetrics.Reporting.Email.Definitions;

/// <summary>A report as its YAML file describes it.</summary>
public sealed record ReportDefinition
{
    /// <summary>Kebab-case name, as its file's.</summary>
    public required string Id { get; init; }

    /// <summary>Display name by language.</summary>
    public required IReadOnlyDictionary<string, string> Name { get; init; }

    public required ReportSchedule Schedule { get; init; }

    public required PeriodUnit Period { get; init; }

    /// <summary>How many periods, the reported one included, the queries may look back over.</summary>
    public int History { get; init; } = 12;

    /// <summary>Language of recipients that have none of their own.</summary>
    public string Language { get; init; } = "en";

    public IReadOnlyList<ReportRecipient> Recipients { get; init; } = [];

    /// <summary>Id of the lifecycle model; empty for the default one.</summary>
    public string Model { get; init; } = "";

    /// <summary>Dashboard the report's links open, by its uid.</summary>
    public string Dashboard { get; init; } = "";

    public required IReadOnlyList<ReportQuery> Queries { get; init; }

    /// <summary>File names of the templates, beside the definition.</summary>
    public required string HtmlTemplate { get; init; }

    public required string TextTemplate { get; init; }

    /// <summary>Texts by language, then by key; every language has the same keys.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Labels { get; init; }

    /// <summary>Folder of the definition and its templates.</summary>
    public required string Directory { get; init; }
}
