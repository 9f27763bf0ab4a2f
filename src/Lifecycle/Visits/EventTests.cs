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
        Parameters =
        [
            .. compiled.Parameters,
            new SqlParameter("model_nos", "Array(UInt8)", models.Select((_, i) => (byte)(i + 1)).ToArray()),
            new SqlParameter("stage_tests", "Array(Array(UInt64))", models.Select(StageTests).ToArray()),
            new SqlParameter("count_tests", "Array(Array(UInt64))", models.Select(CountTests).ToArray()),
        ];
    }

    /// <summary>An expression on the columns of <c>event</c>: a bit for each question that it meets.</summary>
    public string Answers { get; }

    /// <summary>What the expression takes from the rules, and of each model which answers lead into which stage and which count.</summary>
    public IReadOnlyList<SqlParameter> Parameters { get; }

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

    private ulong BitOf(EntryRule rule) => 1ul << _numbers[KeyOf(rule)];

    private static string Sql(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
