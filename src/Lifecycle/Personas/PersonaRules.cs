using System.Globalization;
using LifecycleMetrics.Lifecycle.Models;

namespace LifecycleMetrics.Lifecycle.Personas;

/// <summary>
/// The rules of all personas as one expression: a tuple of 1, one bit per persona the event makes, and one bit per rule with
/// "nth" that it meets, which is for the count to decide. Personas may be more than the questions <c>EventTests</c> takes.
/// </summary>
internal sealed class PersonaRules
{
    private readonly CompiledRules _compiled;

    /// <summary>Compiles <paramref name="rules"/>: the rank of each one's persona.</summary>
    public PersonaRules(IEnumerable<(int Rank, EntryRule Rule)> rules) => _compiled = RuleCompiler.Compile(rules);

    /// <summary>What the expression takes from the rules.</summary>
    public IReadOnlyList<SqlParameter> Parameters => _compiled.Parameters;

    /// <summary>The expression, on the columns of <c>event</c>.</summary>
    public string Expression => Sql($"(toUInt8(1), toUInt32({Personas}), toUInt32({CountedBits}))");

    private string Personas => Sum(_compiled.Rules
        .Where(rule => rule.Nth <= 1)
        .GroupBy(rule => rule.Ordinal)
        .Select(persona => Sql($"bitShiftLeft(toUInt32({string.Join(" or ", persona.Select(rule => rule.Predicate))}), {persona.Key - 1})")));

    private string CountedBits => Sum(_compiled.Rules
        .Where(rule => rule.Nth > 1)
        .Select((rule, bit) => Sql($"bitShiftLeft(toUInt32({rule.Predicate}), {bit})")));

    private static string Sum(IEnumerable<string> terms) =>
        string.Join("\n                + ", terms.DefaultIfEmpty("0"));

    private static string Sql(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
