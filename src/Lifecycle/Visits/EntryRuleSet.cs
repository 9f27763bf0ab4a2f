using System.Globalization;
using LifecycleMetrics.Lifecycle.Models;

namespace LifecycleMetrics.Lifecycle.Visits;

/// <summary>
/// The entry rules of one model (or of all personas) as one expression: a tuple of the number of the set, one bit per stage
/// the event leads into, and one bit per rule with "nth" that it meets, which is for the count to decide.
/// </summary>
internal sealed class EntryRuleSet
{
    private readonly CompiledRules _compiled;
    private readonly int _number;

    /// <summary>Compiles <paramref name="rules"/>, which are set <paramref name="number"/> of their statement.</summary>
    public EntryRuleSet(IEnumerable<(int Ordinal, EntryRule Rule)> rules, int number)
    {
        _number = number;
        _compiled = RuleCompiler.Compile(rules, Sql($"p{number}_"));
        Counted = [.. _compiled.Rules.Where(rule => rule.Nth > 1)];
    }

    /// <summary>Rules with "nth", in the order of their bits.</summary>
    public IReadOnlyList<CompiledRule> Counted { get; }

    /// <summary>What the expression takes from the rules.</summary>
    public IReadOnlyList<SqlParameter> Parameters => _compiled.Parameters;

    /// <summary>The expression, on the columns of <c>event</c>.</summary>
    public string Expression => Sql($"(toUInt8({_number}), toUInt32({Stages}), toUInt32({CountedBits}))");

    /// <summary>Names of all events that <paramref name="rules"/> look at.</summary>
    public static string[] EventsOf(IEnumerable<EntryRule> rules) =>
        [.. rules.SelectMany(rule => rule.Events).Distinct().Order(StringComparer.Ordinal)];

    private string Stages => Sum(_compiled.Rules
        .Where(rule => rule.Nth <= 1)
        .GroupBy(rule => rule.Ordinal)
        .Select(stage => Sql($"bitShiftLeft(toUInt32({string.Join(" or ", stage.Select(rule => rule.Predicate))}), {stage.Key - 1})")));

    private string CountedBits => Sum(Counted.Select((rule, bit) => Sql($"bitShiftLeft(toUInt32({rule.Predicate}), {bit})")));

    private static string Sum(IEnumerable<string> terms) =>
        string.Join("\n                + ", terms.DefaultIfEmpty("0"));

    private static string Sql(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
