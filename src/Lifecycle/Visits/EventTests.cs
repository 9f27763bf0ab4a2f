using System.Globalization;
using System.Text.Json;
using LifecycleMetrics.Lifecycle.Models;

namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>
/// What the rules of several models ask of an event, each different thing once. Models look at the same few events, so there
/// are far fewer questions than rules; the answers are one bit each, and the models pick theirs.
/// </summary>
internal sealed class EventTests
{
    /// <summary>Most that one statement can ask; a model alone never has more rules.</summary>
    public const int Maximum = ModelReader.MaximumRules;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>Takes the questions together.</summary>
    /// <param name="models">The rules of each model: the stage each leads into.</param>
    public EventTests(IReadOnlyList<IReadOnlyList<(int Ordinal, EntryRule Rule)>> models)
    {
        var different = models.SelectMany(rules => rules).Where(entry => _numbers.TryAdd(KeyOf(entry.Rule), _numbers.Count)).ToArray();
        var compiled = RuleCompiler.Compile(different, "test_");
        Answers = string.Join("\n                + ", compiled.Rules.Select((rule, bit) => Sql($"bitShiftLeft(toUInt64({rule.Predicate}), {bit})")));
        var (stages, counts) = (models.Select(StageTests).ToArray(), models.Select(CountTests).ToArray());
        SqlParameter[] tests = [.. ByPosition("stage_tests", stages), .. ByPosition("count_tests", counts)];
        Parameters =
        [
            .. compiled.Parameters,
            new SqlParameter("model_nos", "Array(UInt8)", models.Select((_, i) => (byte)(i + 1)).ToArray()),
            .. tests,
        ];
        Picks = string.Join(",\n            ", tests.Select(test => $"{{{test.Name}:{test.Type}}}[model_no] as {test.Name}"));
        LeadsInto = Bits("stage_tests", stages);
        CountsFor = Bits("count_tests", counts);
    }

    /// <summary>An expression on the columns of <c>event</c>: a bit for each question that it meets.</summary>
    public string Answers { get; }

    /// <summary>Columns that hold what a row's model asks: of each of its stages, and of each rule that counts, the answers that meet it.</summary>
    public string Picks { get; }

    /// <summary>An expression on the answers of <c>e</c>: a bit for each stage of the model that the event leads into.</summary>
    public string LeadsInto { get; }

    /// <summary>An expression on the answers of <c>e</c>: a bit for each rule of the model that counts the event.</summary>
    public string CountsFor { get; }

    /// <summary>What the expressions take from the rules.</summary>
    public IReadOnlyList<SqlParameter> Parameters { get; }

    /// <summary>Names of all events that <paramref name="rules"/> look at.</summary>
    public static string[] EventsOf(IEnumerable<EntryRule> rules) =>
        [.. rules.SelectMany(rule => rule.Events).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>How many questions some rules ask.</summary>
    public static int Count(IEnumerable<EntryRule> rules) => rules.Select(KeyOf).Distinct(StringComparer.Ordinal).Count();

    private static string KeyOf(EntryRule rule) => JsonSerializer.Serialize(new
    {
        Events = rule.Events.Order(StringComparer.Ordinal),
        Conditions = rule.Conditions.Select(condition => new { condition.Property, condition.Operator, condition.Value }),
    });

    private ulong[] StageTests(IReadOnlyList<(int Ordinal, EntryRule Rule)> rules)
    {
        var tests = new ulong[rules.Max(entry => entry.Ordinal)];
        foreach (var (ordinal, rule) in rules.Where(entry => entry.Rule.Nth <= 1)) tests[ordinal - 1] |= BitOf(rule);
        return tests;
    }

    private ulong[] CountTests(IReadOnlyList<(int Ordinal, EntryRule Rule)> rules) =>
        [.. rules.Where(entry => entry.Rule.Nth > 1).Select(entry => BitOf(entry.Rule))];

    // A number a position instead of a list of lists: what a lambda takes from its row is copied for each element.
    private static IEnumerable<SqlParameter> ByPosition(string name, ulong[][] tests) => Enumerable.Range(0, Positions(tests)).Select(
        i => new SqlParameter(Sql($"{name}_{i}"), "Array(UInt64)", tests.Select(ofModel => ofModel.ElementAtOrDefault(i)).ToArray()));

    private static string Bits(string name, ulong[][] tests) => string.Join(
        "\n                            + ",
        Enumerable.Range(0, Positions(tests)).Select(i => Sql($"bitShiftLeft(toUInt32(bitAnd(e.3, {name}_{i}) != 0), {i})")).DefaultIfEmpty("0"));

    private static int Positions(ulong[][] tests) => tests.Max(ofModel => ofModel.Length);

    private ulong BitOf(EntryRule rule) => 1ul << _numbers[KeyOf(rule)];

    private static string Sql(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
