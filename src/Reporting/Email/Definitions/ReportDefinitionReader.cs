using System.Net.Mail;
using System.Text.RegularExpressions;
using Cronos;
using YamlDotNet.RepresentationModel;

namespace LifecycleMetrics.Reporting.Email.Definitions;

/// <summary>Reads one report definition and finds all its faults at once.</summary>
internal sealed partial class ReportDefinitionReader
{
    private static readonly string[] Keys =
    [
        "id", "name", "schedule", "period", "language", "recipients", "model", "dashboard", "queries", "templates", "labels",
    ];

    private readonly YamlReader _yaml;
    private readonly string _path;

    private ReportDefinitionReader(string path)
    {
        _path = path;
        _yaml = new YamlReader(Path.GetFileName(path));
    }

    /// <returns>The definition, null when it has faults.</returns>
    public static (ReportDefinition? Definition, IReadOnlyList<ReportFault> Faults) Read(string path, string text)
    {
        var reader = new ReportDefinitionReader(path);
        var root = reader._yaml.Root(text);
        var definition = root is null ? null : reader.ReadReport(root);
        return (reader._yaml.Faults.Count == 0 ? definition : null, reader._yaml.Faults);
    }

    private ReportDefinition ReadReport(YamlNode root)
    {
        var members = _yaml.Mapping(root, "the report", Keys);
        var templates = _yaml.Mapping(Required(root, members, "templates"), "templates", ["html", "text"]);
        var period = _yaml.Mapping(Required(root, members, "period"), "period", ["unit", "history"]);
        return new ReportDefinition
        {
            Id = ReadId(root, members),
            Name = ReadTexts(Required(root, members, "name"), "name"),
            Schedule = ReadSchedule(Required(root, members, "schedule")),
            Period = _yaml.Choice(period, "unit", "The unit of the period", Choices<PeriodUnit>(), PeriodUnit.Week),
            History = ReadHistory(period),
            Language = _yaml.Choice(members, "language", "The language", Languages, "en"),
            Recipients = [.. _yaml.Sequence(members.GetValueOrDefault("recipients"), "recipients").Select(ReadRecipient).OfType<ReportRecipient>()],
            Model = YamlReader.Optional(members, "model", ""),
            Dashboard = YamlReader.Optional(members, "dashboard", ""),
            Queries = ReadQueries(Required(root, members, "queries")),
            HtmlTemplate = ReadTemplate(root, templates, "html"),
            TextTemplate = ReadTemplate(root, templates, "text"),
            Labels = ReadLabels(Required(root, members, "labels")),
            Directory = Path.GetDirectoryName(_path) ?? "",
        };
    }

    private static Dictionary<string, string> Languages { get; } = ReportLanguages.All.ToDictionary(language => language);

    private static Dictionary<string, T> Choices<T>()
        where T : struct, Enum =>
        Enum.GetValues<T>().ToDictionary(value => value.ToString().ToLowerInvariant());

    private YamlNode? Required(YamlNode root, Dictionary<string, YamlNode> members, string key)
    {
        if (members.TryGetValue(key, out var node)) return node;
        _yaml.Fault(root, $"The report has no '{key}'", $"Add '{key}:'");
        return null;
    }

    private string ReadId(YamlNode root, Dictionary<string, YamlNode> members)
    {
        var id = _yaml.Text(root, members.GetValueOrDefault("id"), "id") ?? "";
        if (id.Length > 0 && !KebabCase().IsMatch(id)) _yaml.Fault(members["id"], $"The id '{id}' isn't kebab-case", "Use lower-case letters, digits and hyphens");
        else if (id.Length > 0 && id != Path.GetFileNameWithoutExtension(_path)) _yaml.Fault(members["id"], $"The id '{id}' isn't the file's name", "Rename the one or the other");
        return id;
    }

    private ReportSchedule ReadSchedule(YamlNode? node)
    {
        var members = _yaml.Mapping(node, "schedule", ["cron", "zone"]);
        var standard = new ReportSchedule(CronExpression.Weekly, TimeZoneInfo.Utc);
        if (node is null) return standard;
        var cronText = _yaml.Text(node, members.GetValueOrDefault("cron"), "cron");
        var zoneText = YamlReader.Optional(members, "zone", "Etc/UTC");
        if (cronText is null) return standard;
        if (!CronExpression.TryParse(cronText, out var cron)) _yaml.Fault(members["cron"], $"'{cronText}' isn't a cron expression", "Give five fields: minute hour day month weekday, as in '0 7 * * 1'");

        // Windows names are known to the runtime too, but they are not portable.
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zoneText, out var zone) || !zone.HasIanaId) _yaml.Fault(members.GetValueOrDefault("zone"), $"'{zoneText}' isn't an IANA time zone", "Give a name such as Europe/Madrid");
        return new ReportSchedule(cron ?? standard.Cron, zone ?? standard.Zone);
    }

    private int ReadHistory(Dictionary<string, YamlNode> period)
    {
        if (!period.TryGetValue("history", out var node)) return 12;
        if (node is YamlScalarNode scalar && int.TryParse(scalar.Value, System.Globalization.CultureInfo.InvariantCulture, out var count) && count is >= 2 and <= 104) return count;
        _yaml.Fault(node, $"The history is '{node}'", "Give a number of periods from 2 to 104");
        return 12;
    }

    private ReportRecipient? ReadRecipient(YamlNode node)
    {
        var members = node is YamlScalarNode
            ? new Dictionary<string, YamlNode> { ["address"] = node }
            : _yaml.Mapping(node, "a recipient", ["address", "language"]);
        var address = _yaml.Text(node, members.GetValueOrDefault("address"), "the address of a recipient");
        if (address is null) return null;
        if (!MailAddress.TryCreate(address, out var parsed) || parsed.Address != address)
        {
            _yaml.Fault(node, $"'{address}' isn't an e-mail address", "Give one address such as ann@example.com");
            return null;
        }

        return new ReportRecipient(address, members.ContainsKey("language") ? _yaml.Choice(members, "language", "The language", Languages, "en") : null);
    }

    private List<ReportQuery> ReadQueries(YamlNode? node)
    {
        var queries = new List<ReportQuery>();
        foreach (var (name, query) in _yaml.Mapping(node, "queries", null))
        {
            if (!SnakeCase().IsMatch(name)) _yaml.Fault(query, $"The query name '{name}' isn't snake_case", "Use lower-case letters, digits and underscores");
            var members = _yaml.Mapping(query, $"the query '{name}'", ["sql", "required", "sparkline", "csv"]);
            var sql = _yaml.Text(query, members.GetValueOrDefault("sql"), $"the sql of '{name}'") ?? "select 1";
            foreach (var (message, hint) in QueryRules.Check(sql)) _yaml.Fault(members.GetValueOrDefault("sql"), $"Query '{name}': {message}", hint);
            queries.Add(new ReportQuery
            {
                Name = name,
                Sql = sql,
                IsRequired = _yaml.Choice(members, "required", "required", new Dictionary<string, bool> { ["true"] = true, ["false"] = false }, standard: false),
                Sparkline = members.ContainsKey("sparkline") ? YamlReader.Optional(members, "sparkline", "") : null,
                Csv = ReadCsvName(members),
            });
        }

        if (queries.Count == 0 && node is not null) _yaml.Fault(node, "The report has no query", "Add one under 'queries:'");
        return queries;
    }

    private string? ReadCsvName(Dictionary<string, YamlNode> members)
    {
        if (!members.TryGetValue("csv", out var node)) return null;
        var name = (node as YamlScalarNode)?.Value ?? "";
        if (!CsvName().IsMatch(name)) _yaml.Fault(node, $"'{name}' isn't the name of a CSV file", "Give a kebab-case name that ends with .csv");
        return name;
    }

    private string ReadTemplate(YamlNode root, Dictionary<string, YamlNode> templates, string key)
    {
        var name = _yaml.Text(root, templates.GetValueOrDefault(key), $"the {key} template") ?? "";
        if (name.Length == 0) return name;
        if (name != Path.GetFileName(name)) _yaml.Fault(templates[key], $"The template '{name}' is a path", "Put it beside the definition and give its name alone");
        else if (!File.Exists(Path.Combine(Path.GetDirectoryName(_path) ?? "", name))) _yaml.Fault(templates[key], $"There is no file '{name}' beside the definition", "Add it or correct the name");
        return name;
    }

    private Dictionary<string, string> ReadTexts(YamlNode? node, string what)
    {
        var texts = new Dictionary<string, string>();
        foreach (var (language, text) in _yaml.Mapping(node, what, ReportLanguages.All))
        {
            texts[language] = _yaml.Text(node, text, $"{what} in '{language}'") ?? "";
        }

        foreach (var missing in node is null ? [] : ReportLanguages.All.Where(language => !texts.ContainsKey(language))) _yaml.Fault(node, $"{what} has no text in '{missing}'", $"Add '{missing}:'");
        return texts;
    }

    private Dictionary<string, IReadOnlyDictionary<string, string>> ReadLabels(YamlNode? node)
    {
        var labels = ReportLanguages.All.ToDictionary(language => language, _ => new Dictionary<string, string>());
        foreach (var (key, texts) in _yaml.Mapping(node, "labels", null))
        {
            if (!SnakeCase().IsMatch(key)) _yaml.Fault(texts, $"The label '{key}' isn't snake_case", "Templates read it as labels." + key);
            foreach (var (language, text) in ReadTexts(texts, $"the label '{key}'")) labels[language][key] = text;
        }

        return labels.ToDictionary(pair => pair.Key, IReadOnlyDictionary<string, string> (pair) => pair.Value);
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex KebabCase();

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SnakeCase();

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*[.]csv$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CsvName();
}
